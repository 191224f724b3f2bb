import type {Command} from '../command-line.ts'
import {noInventory, oneMore} from '../inventory-flag.ts'
import {openingOptions, reachingOptions, selectingOptions, tellingOptions, useColor} from '../run/options.ts'
import type {PlanFlags} from './plan.ts'

/** Adds the verb `plan`: what a run would do, to be read and kept. */
export function planCommand(program: Command): void {
  const command = program
    .command('plan')
    .summary('say what a run would do, and keep it in a file')
    .description('say what a run would do, task by task, and keep it in a file; changes nothing')
    .argument('[playbook]', 'playbook to plan', 'site.yml')
    .option('--out <file>', 'keep the plan here, for provision apply')
  const selecting = selectingOptions(command)
    .option('-e, --extra-vars <vars>', 'name=value, a JSON map, or @file', oneMore)
    .option('-b, --become', 'do every task as root')
  tellingOptions(openingOptions(reachingOptions(selecting)), ['plain', 'json'])
    .addHelpText('after', help)
    .action(async (playbook: string, own: PlanFlags, command: Command) => {
      const inventory = own.inventory ?? command.parent?.opts<PlanFlags>().inventory
      if (inventory === undefined) throw noInventory()
      // Loaded only when it is needed, so that the other verbs start at once.
      const {plan} = await import('./plan.ts')
      process.exitCode = await plan(playbook, {...own, inventory, color: own.color !== false && useColor()})
    })
}

const help = `
Exit code: 0 in order, 1 a task cannot be planned, 2 changes wanted, 4 a host
was not reached.

Example:
  provision plan -i prod.yml --out plan.json && provision apply plan.json`
