import {succeeds} from '../../src/sandbox/local-command.ts'
import type {Tool} from './tool.ts'

/** pyinfra, with the connections of each run its own, all hosts at once as it does by itself. */
const pyinfra: Tool = {
  name: 'pyinfra',
  command: ({playbook}, {folder}) => ({
    folder,
    words: ['pyinfra', '-y', 'pyinfra_hosts.py', playbook.replace(/\.yml$/, '.py')],
  }),
}

/** pyinfra (3 or later) where this machine has it: Debian does not, so that it is not installed. */
export async function pyinfraHere(): Promise<readonly Tool[]> {
  return (await succeeds`pyinfra --version`) ? [pyinfra] : []
}
