import {type Command, Option} from '../command-line.ts'
import {useColor} from '../run/options.ts'
import type {InitFlags} from './flags.ts'

/** Adds the verb `init`: questions, a look at the host, and an inventory. */
export function initCommand(program: Command): void {
  program
    .command('init')
    .description('ask what a site needs, and write its inventory')
    .argument('[inventory]', 'file to write', 'prod.yml')
    .option('--answers <file>', 'take the answers from this file, and ask nothing')
    .option('--print', 'print what would be written, and write nothing')
    .option('--identity <file>', 'age identities that open the secrets (default: ~/.config/provision/identity.txt)')
    .addOption(
      new Option('--host-keys <policy>', 'what to do about host keys where nobody is asked (default: strict)').choices([
        'strict',
        'accept-new',
      ]),
    )
    .addHelpText('after', help)
    .action(async (inventory: string, flags: InitFlags) => {
      // Loaded only when it is needed, so that the other verbs start at once.
      const {init} = await import('./init.ts')
      process.exitCode = await init(inventory, {...flags, color: useColor()})
    })
}

const help = `
Ctrl-C loses nothing: called again, it goes on where it was.
The file of --answers is YAML: host (its name in the inventory), ansible_host,
ansible_user and the like, and the inputs (provision docs inputs) by name.

Example:
  provision init prod.yml
  provision init prod.yml --answers answers.yml --print`
