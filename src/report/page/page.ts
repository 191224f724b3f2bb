import {UsageError} from '../../errors.ts'
import {historyPage} from './history-page.ts'
import {readRecords} from './read.ts'
import {runPage} from './run-page.ts'

/** Makes one HTML page, which needs no network and no script, of what a run or looks for drift printed or wrote down. Throws UsageError, which names the `file`, when the text is neither. */
export function page(text: string, file: string): string {
  const {runs, looks} = readRecords(text, file)
  const [run, another] = runs
  if (run && (another || looks.length > 0)) throw new UsageError(`${file} holds more than one run`, 'Give one run.')
  if (run) return runPage(run)
  if (looks.length > 0) return historyPage(looks)
  const hint = 'Give what provision --output json or jsonl printed, or the history.jsonl of provision drift.'
  throw new UsageError(`${file} holds no run and no look for drift`, hint)
}
