import {type Command, Option} from '../command-line.ts'
import {inventoryHelp, noInventory, oneMore} from '../inventory-flag.ts'
import {openingOptions, positive, reachingOptions, tellingOptions, useColor} from '../run/options.ts'
import type {HistoryFlags} from './history.ts'
import type {ScheduleFlags} from './schedule.ts'

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
    .option(
      '--notify <target>',
      'tell of changes: https://…, slack:https://…, mailto:…, @FILE of them (again: more)',
      oneMore,
    )
    .option('--schedule <when>', 'look from now on: "every 6h" or a cron expression, by a timer of this machine')
    .option('--unschedule', 'look no longer')
    .addOption(new Option('--scheduled', 'a timer started this').hideHelp())
  tellingOptions(openingOptions(reachingOptions(command)), ['plain', 'json', 'jsonl', 'junit'])
    .addHelpText('after', help)
    .action(async (playbook: string, own: ScheduleFlags, command: Command) => {
      const inventory = own.inventory ?? command.parent?.opts<ScheduleFlags>().inventory
      if (inventory === undefined) throw noInventory()
      // Loaded only when it is needed, so that the other verbs start at once.
      if (own.schedule !== undefined || own.unschedule) {
        const {schedule, unschedule} = await import('./schedule.ts')
        const lines = await (own.schedule === undefined ? unschedule : schedule)(playbook, {...own, inventory})
        process.stdout.write(`${lines.join('\n')}\n`)
        return
      }
      const {drift} = await import('./drift.ts')
      process.exitCode = await drift(playbook, {...own, inventory, color: own.color !== false && useColor()})
    })
  historyCommand(command)
}

/** Adds the verb `drift history`: what earlier looks found. */
function historyCommand(drift: Command): void {
  drift
    .command('history')
    .description('show what earlier looks found')
    .argument('[playbook]', 'playbook that the hosts were compared with', 'site.yml')
    .option('-i, --inventory <file>', inventoryHelp, oneMore)
    .option('--last <number>', 'only the last so many', positive)
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['plain', 'json']))
    .option('--no-color', 'no colours (as does NO_COLOR)')
    .addHelpText('after', '\nExample:\n  provision drift history -i prod.yml --last 10')
    .action(async (playbook: string, own: HistoryFlags, command: Command) => {
      const inventory = own.inventory ?? command.optsWithGlobals<HistoryFlags>().inventory
      if (inventory === undefined) throw noInventory()
      const {history} = await import('./history.ts')
      const color = own.color !== false && useColor()
      process.stdout.write(`${await history(playbook, {...own, inventory, color})}\n`)
    })
}

const help = `
Exit code: 0 in order, 2 drifted, 4 a host was not reached.

Examples:
  provision drift -i prod.yml --output json
  provision drift -i prod.yml --schedule "every 6h" --notify @whom.txt`
