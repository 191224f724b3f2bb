import {ConfigError} from '../../errors.ts'

/** Waits for both; when files of both are wrong, all their problems come in one ConfigError. */
export async function both<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  const [left, right] = await Promise.allSettled([one, other])
  if (left.status === 'fulfilled' && right.status === 'fulfilled') return [left.value, right.value]
  throw joined([left, right].flatMap(end => (end.status === 'rejected' ? [end.reason] : [])))
}

/** Makes something of each item; the problems of all that are wrong come in one ConfigError. */
export function each<Item, Made>(items: readonly Item[], make: (item: Item) => Made): readonly Made[] {
  const made: Made[] = []
  const errors: unknown[] = []
  for (const item of items) {
    try {
      made.push(make(item))
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw joined(errors)
  return made
}

function joined(errors: readonly unknown[]): unknown {
  const other = errors.find(error => !(error instanceof ConfigError))
  return other ?? new ConfigError(errors.flatMap(error => (error instanceof ConfigError ? error.problems : [])))
}
