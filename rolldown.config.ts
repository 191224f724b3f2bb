import {defineConfig} from 'rolldown'

/**
 * The program in few files: reading and compiling hundreds of them takes longer than a host takes to answer. What is
 * imported by import() stays apart and is read when it is needed; test/run.js starts at the two files of the sandbox.
 */
export default defineConfig({
  input: {
    cli: 'src/cli.ts',
    'sandbox/sandbox': 'src/sandbox/sandbox.ts',
    'sandbox/machine': 'src/sandbox/machine.ts',
  },
  platform: 'node',
  // The first reads its WebAssembly from the folder that it lies in; the others are native code that need not be there.
  external: ['minijinja-js', 'cpu-features', /\.node$/],
  // ssh2 asks where it lies, as CommonJS does.
  transform: {define: {__dirname: 'import.meta.dirname'}},
  // Names stay as they are, so that nothing old is left behind and a run that goes on while this builds finds its files.
  output: {dir: 'dist', chunkFileNames: '[name].js', sourcemap: true},
})
