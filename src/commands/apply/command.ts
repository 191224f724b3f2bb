import {type Command, Option} from '../command-line.ts'
import {oneMore} from '../inventory-flag.ts'
import {openingOptions, reachingOptions, useColor} from '../run/options.ts'
import type {ApplyFlags} from './apply.ts'

/** Adds the verb `apply`: does a plan that was kept. */
export function applyCommand(program: Command): void {
  const command = program
    .command('apply')
    .summary('do exactly what such a file says, or stop')
    .description('do exactly what a plan says, or stop where a host is no longer as it was')
    .argument('<plan>', 'file that provision plan --out has written')
    .option('-e, --extra-vars <vars>', 'what was given to plan, but for @files, which the plan knows', oneMore)
  openingOptions(reachingOptions(command))
    .option('-v, --verbose', 'say more; -vv even more', (_: string, level: number) => level + 1, 0)
    .addOption(
      new Option('-o, --output <form>', 'how to report (default: pretty on a terminal)').choices([
        'pretty',
        'plain',
        'json',
        'jsonl',
        'junit',
      ]),
    )
    .option('--no-color', 'no colours (as does NO_COLOR)')
    .addHelpText('after', help)
    .action(async (file: string, flags: ApplyFlags) => {
      // Loaded only when it is needed, so that the other verbs start at once.
      const {apply} = await import('./apply.ts')
      process.exitCode = await apply(file, {...flags, color: flags.color !== false && useColor()})
    })
}

const help = `
Exit code: 0 done, 1 a task failed or is no longer as planned, 3 the playbook
has changed, 4 a host was not reached.

Example:
  provision apply plan.json`
