import {UsageError} from '../errors.ts'

/** What --help says of -i. */
export const inventoryHelp = 'file, folder, program, or web1,web2, (repeatable)'

/** Collects what a flag that may stand several times is given. */
export function oneMore(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

/** What is wrong when -i is missing. */
export function noInventory(): UsageError {
  const hint = 'Name one: provision --inventory prod.yml; inventory/example.yml is one to copy and fill in.'
  return new UsageError('--inventory is missing: it says which hosts', hint)
}
