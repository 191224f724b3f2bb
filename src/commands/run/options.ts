import {type Command, InvalidArgumentError, Option} from '../command-line.ts'
import {inventoryHelp, oneMore} from '../inventory-flag.ts'
import {vaultOptions} from './vault-options.ts'

/** Adds the flags that say which hosts and tasks. */
export function selectingOptions(command: Command): Command {
  return command
    .option('-i, --inventory <file>', inventoryHelp, oneMore)
    .option('-l, --limit <pattern>', 'only these hosts')
    .option('-t, --tags <tags>', 'only tasks with these tags', list)
    .option('--skip-tags <tags>', 'no tasks with these tags', list)
}

/** Adds the flags that say how hosts are reached. */
export function reachingOptions(command: Command): Command {
  return command
    .option('-k, --ask-pass', 'ask for the password to log in with')
    .option('-K, --ask-become-pass', 'ask for the password of sudo')
    .option('-u, --user <user>', 'log in as this user where the inventory names none')
    .option('--private-key <file>', 'key to log in with where the inventory names none')
    .option('-f, --forks <number>', 'hosts at once', positive, 50)
    .option('-T, --timeout <seconds>', 'how long to wait for a connection (default: 10)', positive)
}

/** Adds the flags that say what opens secrets, and what to do about host keys. */
export function trustOptions(command: Command): Command {
  return command
    .option('--identity <file>', 'age identities that open sealed secrets (default: ~/.config/provision/identity.txt)')
    .addOption(
      new Option('--host-keys <policy>', 'what to do about host keys (default: strict)').choices([
        'strict',
        'accept-new',
        'off',
      ]),
    )
}

/** Adds the flags of verbs that read inventories and reach hosts, but do not run: what opens secrets, host keys and vaults. */
export function openingOptions(command: Command): Command {
  trustOptions(command)
  for (const option of vaultOptions()) command.addOption(option)
  return command
}

/** Adds the flags that say how much is told. */
export function tellingOptions(command: Command, forms: readonly string[]): Command {
  return command
    .option('-v, --verbose', 'say more; -vv even more', (_: string, level: number) => level + 1, 0)
    .addOption(new Option('-o, --output <form>', 'how to report').choices(forms))
    .option('--no-color', 'no colours (as does NO_COLOR)')
}

/** Whether colours are wanted, by the environment and the terminal. */
export function useColor(): boolean {
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

/** Reads a whole number above 0 from the command line. Throws InvalidArgumentError. */
export function positive(value: string): number {
  const number = Number(value)
  if (Number.isInteger(number) && number > 0) return number
  throw new InvalidArgumentError('Expected a whole number above 0.')
}
