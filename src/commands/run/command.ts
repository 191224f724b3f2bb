import {UsageError} from '../../errors.ts'
import {type Command, InvalidArgumentError, Option} from '../command-line.ts'
import {inventoryHelp, noInventory, oneMore} from '../inventory-flag.ts'
import type {RunFlags} from './flags.ts'
import {vaultOptions} from './vault-options.ts'

/** Makes running a playbook what `provision` does without a verb. */
export function runCommand(program: Command): void {
  program
    .argument('[playbook...]', 'playbook to run; to --syntax-check, also several and folders', ['site.yml'])
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
    .option('--syntax-check', 'only read and check playbooks, and inventory if there is one')
    .option('-v, --verbose', 'say more; -vv even more', (_: string, level: number) => level + 1, 0)
    .option('--identity <file>', 'age identities that open sealed secrets (default: ~/.config/provision/identity.txt)')
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
