import {defineConfig} from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/hosts/**', 'test/vagrant/**'],
          // A bound, not an expectation: many of these start the program, several at once.
          testTimeout: 60_000,
          globalSetup: 'test/build.ts',
        },
      },
      {
        test: {
          name: 'hosts',
          include: ['test/hosts/**/*.test.ts'],
          globalSetup: 'test/build.ts',
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 1_200_000,
        },
      },
      {
        // Only where `npm run test:vagrant` starts it.
        test: {
          name: 'vagrant',
          include: ['test/vagrant/**/*.test.ts'],
          globalSetup: ['test/build.ts', 'test/vagrant/support/machine-up.ts'],
          fileParallelism: false,
          testTimeout: 1_900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
})
