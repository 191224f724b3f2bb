import {type Command, InvalidArgumentError, Option} from '../command-line.ts'
import {inventoryHelp, noInventory, oneMore} from '../inventory-flag.ts'
import type {RunFlags} from './flags.ts'

/** Makes running a playbook what `provision` does without a verb. */
export function runCommand(program: Command): void {
  program
    .argument('[playbook]', 'playbook to run', 'site.yml')
    .option('-i, --inventory <file>', inventoryHelp, oneMore)
    .option('-l, --limit <pattern>', 'only these hosts')
    .option('-t, --tags <tags>', 'only tasks with these tags', list)
    .option('--skip-tags <tags>', 'no tasks with these tags', list)
    .option('-C, --check', 'change nothing, say what would change (exit 2 if anything would)')
    .option('-D, --diff', 'show what changes in files')
    .option('-e, --extra-vars <vars>', 'name=value, a JSON map, or @file', oneMore)
    .option('-b, --become', 'do every task as root')
    .option('-k, --ask-pass', 'ask for the password to log in with')
    .option('-K, --ask-become-pass', 'ask for the password of sudo')
    .option('-u, --user <user>', 'log in as this user where the inventory names none')
    .option('--private-key <file>', 'key to log in with where the inventory names none')
    .option('-f, --forks <number>', 'hosts at once', positive, 50)
    .option('-T, --timeout <seconds>', 'how long to wait for a connection (default: 10)', positive)
    .option('--list-hosts', 'only print the hosts')
    .option('--list-tasks', 'only print the tasks')
    .option('--syntax-check', 'only read and check playbook and inventory')
    .option('-v, --verbose', 'say more; -vv even more', (_: string, level: number) => level + 1, 0)
    .addOption(
      new Option('--host-keys <policy>', 'what to do about host keys (default: strict)').choices([
        'strict',
        'accept-new',
        'off',
      ]),
    )
    .addOption(
      new Option('-o, --output <form>', 'how to report (default: pretty on a terminal)').choices([
        'pretty',
        'plain',
        'json',
        'jsonl',
      ]),
    )
    .option('--no-color', 'no colours (as does NO_COLOR)')
    .addOption(new Option('--images <source>', 'images of new sandbox hosts').choices(['stand-in', 'hub']))
    .action(async (playbook: string, flags: RunFlags, command: Command) => {
      if (process.argv.length < 3) return command.help({error: true})
      if (flags.inventory === undefined) throw noInventory()
      // Loaded only when it is needed, so that --help and the other verbs start at once.
      const {run} = await import('./run.ts')
      process.exitCode = await run(playbook, {...flags, color: flags.color !== false && useColor()})
    })
}

function useColor(): boolean {
  return !process.env.NO_COLOR && (process.stdout.isTTY || process.env.FORCE_COLOR !== undefined)
}

function list(value: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...value
      .split(',')
      .map(word => word.trim())
      .filter(word => word !== ''),
  ]
}

function positive(value: string): number {
  const number = Number(value)
  if (Number.isInteger(number) && number > 0) return number
  throw new InvalidArgumentError('Expected a whole number above 0.')
}
