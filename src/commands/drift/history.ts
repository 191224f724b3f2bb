import {historyLines} from '../../report/drift-history.ts'
import {makeStyle} from '../../report/style.ts'
import {readHistory} from '../../watch/history.ts'
import {placeOf} from './place-of.ts'

/** The command line of `drift history`. */
export type HistoryFlags = {
  readonly inventory: readonly string[]
  readonly last?: number
  readonly output?: 'plain' | 'json'
  readonly color: boolean
}

/** What earlier looks found, as text or as JSON. Throws UsageError when inventory or playbook is not there. */
export async function history(playbook: string, flags: HistoryFlags): Promise<string> {
  const looks = await readHistory(placeOf(playbook, flags).history, flags.last)
  if (flags.output === 'json') return JSON.stringify(looks)
  if (looks.length === 0) return 'no look yet: provision drift makes one'
  return historyLines(looks, {style: makeStyle(flags.color)}).join('\n')
}
