import {existsSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {ExitCode} from '../../engine/events.ts'
import type {Play} from '../../play.ts'
import {driftLines, driftRows} from '../../report/drift.ts'
import {type DriftRecord, DriftRecorder} from '../../report/drift-record.ts'
import {makeStyle} from '../../report/style.ts'
import {Mask} from '../../secrets/mask.ts'
import type {RunFlags} from '../run/flags.ts'
import {go} from '../run/go.ts'
import {type PreparedRun, prepareRun} from '../run/prepared-run.ts'
import {withAnswers} from '../run/prompts.ts'
import {reach} from '../run/reach.ts'
import {onlyLooking, runtimePlaces} from './only-looking.ts'

/** The command line of `drift`. */
export type DriftFlags = Omit<RunFlags, 'output'> & {readonly output?: 'plain' | 'json' | 'jsonl'}

/** Looks at the hosts and prints what drifted. Throws UsageError and ConfigError before anything is connected. */
export async function drift(name: string, flags: DriftFlags): Promise<ExitCode> {
  const mask = new Mask()
  const record = await look(name, {...flags, check: true}, mask)
  const style = makeStyle(flags.color ?? false)
  const lines =
    flags.output === 'json'
      ? [JSON.stringify(record)]
      : flags.output === 'jsonl'
        ? driftRows(record).map(row => JSON.stringify(row))
        : driftLines(record, {style})
  process.stdout.write(`${lines.join('\n')}\n`)
  return record.exit
}

/** Looks at the hosts once and says what drifted; nothing is printed but notices, on stderr. */
async function look(name: string, flags: DriftFlags & {readonly check: true}, mask: Mask): Promise<DriftRecord> {
  const {output: _, ...rest} = flags
  const read = await withRuntime(await prepareRun(name, rest), rest)
  const prepared = {...read, plays: await withAnswers(read.plays, read.extra, mask)}
  const reachable = await reach(prepared, rest, mask)
  const recorder = new DriftRecorder(runtimePlaces(prepared.plays), text => mask.apply(text))
  const exit = await go(prepared, reachable, rest, {listen: recorder.listen, close: async () => {}})
  return recorder.record(exit)
}

/** The playbook, and after it the drift.yml that lies beside it, as far as they only look. */
async function withRuntime(prepared: PreparedRun, flags: RunFlags): Promise<PreparedRun> {
  const beside = join(dirname(prepared.playbook), 'drift.yml')
  const more: readonly Play[] =
    existsSync(beside) && beside !== prepared.playbook ? (await prepareRun(beside, flags)).plays : []
  return {...prepared, plays: [...prepared.plays, ...more].map(onlyLooking)}
}
