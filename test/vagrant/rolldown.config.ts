import {defineConfig} from 'rolldown'

/** What prepares a machine for the tests on virtual machines, and starts them. */
export default defineConfig({
  input: {run: 'test/vagrant/support/run.ts', preparation: 'test/vagrant/support/preparation.ts'},
  platform: 'node',
  external: /^[^./]/,
  output: {dir: 'dist-vagrant', cleanDir: true},
})
