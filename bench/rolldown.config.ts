import {defineConfig} from 'rolldown'

/** The benchmark, in one folder with the processes that it starts. */
export default defineConfig({
  input: {bench: 'bench/bench.ts', 'delay-proxy': 'bench/link/delay-proxy.ts', 'ssh-hosts': 'bench/link/ssh-hosts.ts'},
  platform: 'node',
  external: /^[^./]/,
  output: {dir: 'dist-bench', cleanDir: true},
})
