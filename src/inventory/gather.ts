import {ConfigError} from '../errors.ts'

/** Waits for all; the problems of all files that are wrong come in one ConfigError. */
export async function gather<Read>(readings: readonly Promise<Read>[]): Promise<Read[]> {
  const ends = await Promise.allSettled(readings)
  const errors: unknown[] = ends.flatMap(end => (end.status === 'rejected' ? [end.reason] : []))
  const other = errors.find(error => !(error instanceof ConfigError))
  if (other !== undefined) throw other
  if (errors.length > 0)
    throw new ConfigError(errors.flatMap(error => (error instanceof ConfigError ? error.problems : [])))
  return ends.flatMap(end => (end.status === 'fulfilled' ? [end.value] : []))
}
