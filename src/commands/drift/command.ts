import type {Command} from '../command-line.ts'
import {inventoryHelp, noInventory, oneMore} from '../inventory-flag.ts'
import {openingOptions, reachingOptions, tellingOptions, useColor} from '../run/options.ts'
import type {DriftFlags} from './drift.ts'

/** Adds the verb `drift`: whether hosts still are as they were made. */
export function driftCommand(program: Command): void {
  const command = program
    .command('drift')
    .summary('say what is no longer as it should be')
    .description('say what is no longer as the playbook says, and what no longer runs as it should; changes nothing')
    .argument('[playbook]', 'playbook that the hosts are compared with', 'site.yml')
    .option('-i, --inventory <file>', inventoryHelp, oneMore)
    .option('-l, --limit <pattern>', 'only these hosts')
    .option('-e, --extra-vars <vars>', 'name=value, a JSON map, or @file', oneMore)
    .option('-b, --become', 'look at everything as root')
  tellingOptions(openingOptions(reachingOptions(command)), ['plain', 'json', 'jsonl'])
    .addHelpText('after', help)
    .action(async (playbook: string, own: DriftFlags, command: Command) => {
      const inventory = own.inventory ?? command.parent?.opts<DriftFlags>().inventory
      if (inventory === undefined) throw noInventory()
      // Loaded only when it is needed, so that the other verbs start at once.
      const {drift} = await import('./drift.ts')
      process.exitCode = await drift(playbook, {...own, inventory, color: own.color !== false && useColor()})
    })
}

const help = `
Exit code: 0 in order, 2 drifted, 4 a host was not reached.

Example:
  provision drift -i prod.yml --output json`
