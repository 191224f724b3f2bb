import {ConfigError, type Problem} from '../errors.ts'

/** Waits for all; the problems of all files that are wrong come in one ConfigError. */
export async function gather<Read>(readings: readonly Promise<Read>[]): Promise<Read[]> {
  const ends = await Promise.allSettled(readings)
  const problems: Problem[] = []
  for (const end of ends) if (end.status === 'rejected') keepProblems(end.reason, problems)
  if (problems.length > 0) throw new ConfigError(problems)
  return ends.flatMap(end => (end.status === 'fulfilled' ? [end.value] : []))
}

/** Does something; what is wrong goes to the problems, and any other error is thrown. */
export function gatherNow(act: () => void, problems: Problem[]): void {
  try {
    act()
  } catch (error) {
    keepProblems(error, problems)
  }
}

function keepProblems(error: unknown, problems: Problem[]): void {
  if (!(error instanceof ConfigError)) throw error
  problems.push(...error.problems)
}
