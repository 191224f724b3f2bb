import {UsageError} from '../../errors.ts'
import {type Command, Option} from '../command-line.ts'
import {noInventory, oneMore} from '../inventory-flag.ts'
import type {RunFlags} from './flags.ts'
import {reachingOptions, selectingOptions, trustOptions, useColor} from './options.ts'
import {vaultOptions} from './vault-options.ts'

/** Makes running a playbook what `provision` does without a verb. */
export function runCommand(program: Command): void {
  const all = program.argument('[playbook...]', 'playbook to run', ['site.yml'])
  const selecting = selectingOptions(all)
    .option('-C, --check', 'change nothing, say what would change')
    .option('-D, --diff', 'show what changes in files')
    .option('-e, --extra-vars <vars>', 'name=value, a JSON map, or @file', oneMore)
    .option('-b, --become', 'do every task as root')
  const listing = reachingOptions(selecting)
    .option('--list-hosts', 'only print the hosts')
    .option('--list-tasks', 'only print the tasks')
    .option('--syntax-check', 'only read and check; takes folders, too')
    .option('-v, --verbose', 'say more; -vv even more', (_: string, level: number) => level + 1, 0)
  trustOptions(listing)
    .addOption(
      new Option('-o, --output <form>', 'how to report').choices(['pretty', 'plain', 'json', 'jsonl', 'junit']),
    )
    .option('--no-color', 'no colours (as does NO_COLOR)')
    .addOption(new Option('--images <source>', 'images of new sandbox hosts').choices(['stand-in', 'hub']))
    .action(async (playbooks: readonly [string, ...string[]], flags: RunFlags, command: Command) => {
      if (process.argv.length < 3) return command.help({error: true})
      if (flags.syntaxCheck) return checkSyntax(playbooks, flags)
      if (flags.inventory === undefined) throw noInventory()
      const [playbook, ...others] = playbooks
      if (others.length > 0) throw severalPlaybooks()
      // Loaded only when it is needed, so that --help and the other verbs start at once.
      const {run} = await import('./run.ts')
      process.exitCode = await run(playbook, {...flags, color: flags.color !== false && useColor()})
    })
  for (const option of vaultOptions()) program.addOption(option)
}

async function checkSyntax(playbooks: readonly string[], flags: RunFlags): Promise<void> {
  const {syntaxCheck} = await import('./syntax-check.ts')
  process.stdout.write(`${await syntaxCheck(playbooks, {...flags, inventory: flags.inventory ?? []})}\n`)
}

function severalPlaybooks(): UsageError {
  const hint = 'Run them one after another, or name them in one playbook by import_playbook.'
  return new UsageError('only one playbook is run at a time', hint)
}
