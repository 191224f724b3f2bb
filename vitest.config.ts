import {defineConfig} from 'vitest/config'
import {BaseSequencer, type TestSpecification} from 'vitest/node'

/** Of two files at once the longest ones begin, so that none is left alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({moduleId}: TestSpecification) => longest.some(name => moduleId.endsWith(`/${name}.test.ts`))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))]
  }
}

const longest = ['twin', 'many-twin', 'modules', 'docker-twin', 'docker-repository']

export default defineConfig({
  test: {
    sequence: {sequencer: LongestFirst},
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/hosts/**', 'test/vagrant/**'],
          // Where there are two processors, Vitest would use one of them: it keeps the other for those who watch.
          maxWorkers: '100%',
          // A bound, not an expectation: many of these start the program, several at once.
          testTimeout: 60_000,
          globalSetup: ['test/build.ts', 'test/own-folder.ts'],
        },
      },
      {
        test: {
          name: 'hosts',
          include: ['test/hosts/**/*.test.ts'],
          exclude: ['test/hosts/sandbox.test.ts'],
          globalSetup: 'test/build.ts',
          // They mostly wait for their hosts, which are their own.
          maxWorkers: 2,
          sequence: {groupOrder: 1},
          testTimeout: 600_000,
          hookTimeout: 1_200_000,
        },
      },
      {
        // Looks at what the last host takes with it: nobody else may have one.
        test: {
          name: 'sandbox',
          include: ['test/hosts/sandbox.test.ts'],
          globalSetup: 'test/build.ts',
          fileParallelism: false,
          sequence: {groupOrder: 2},
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
