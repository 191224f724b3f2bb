import {existsSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {ExitCode} from '../../engine/events.ts'
import {ifUnlocked, withLock} from '../../lock.ts'
import type {Play} from '../../play.ts'
import {driftLines, driftRows} from '../../report/drift.ts'
import {type DriftRecord, DriftRecorder} from '../../report/drift-record.ts'
import {driftJunit} from '../../report/junit-drift.ts'
import {makeStyle} from '../../report/style.ts'
import {Mask} from '../../secrets/mask.ts'
import {addToHistory} from '../../watch/history.ts'
import {type Look, noLook} from '../../watch/look.ts'
import type {WatchPlace} from '../../watch/place.ts'
import {keptTargets, readTargets, type Target} from '../../watch/targets.ts'
import {tell} from '../../watch/tell.ts'
import type {RunFlags} from '../run/flags.ts'
import {go} from '../run/go.ts'
import {type PreparedRun, prepareRun} from '../run/prepared-run.ts'
import {withAnswers} from '../run/prompts.ts'
import {reach} from '../run/reach.ts'
import {lookOf} from './look-of.ts'
import {mailSettings} from './mail-settings.ts'
import {onlyLooking, runtimePlaces} from './only-looking.ts'
import {placeOf} from './place-of.ts'

/** The command line of `drift`. */
export type DriftFlags = Omit<RunFlags, 'output'> & {
  readonly output?: 'plain' | 'json' | 'jsonl' | 'junit'
  /** A timer started it: when another look is under way, this one is left out. */
  readonly scheduled?: boolean
  /** Who is told of changes, besides those whom the schedule keeps. */
  readonly notify?: readonly string[]
}

/** Looks at the hosts, prints what drifted and writes it down. Throws UsageError and ConfigError before anything is connected. */
export async function drift(name: string, flags: DriftFlags): Promise<ExitCode> {
  const place = placeOf(name, flags)
  const targets = await readTargets(flags.notify ?? [], mailSettings())
  const lock = `provision-drift-${place.folder}`
  const action = () => lookAndTell(name, flags, place, targets)
  if (!flags.scheduled) return withLock(lock, say, action)
  return (await ifUnlocked(lock, action)) ?? skipped(place)
}

async function lookAndTell(
  name: string,
  flags: DriftFlags,
  place: WatchPlace,
  given: readonly Target[],
): Promise<ExitCode> {
  const mask = new Mask()
  const record = await writtenDown(place, mask, () => look(name, {...flags, check: true}, mask))
  const style = makeStyle(flags.color ?? false)
  const lines =
    flags.output === 'json'
      ? [JSON.stringify(record)]
      : flags.output === 'jsonl'
        ? driftRows(record).map(row => JSON.stringify(row))
        : flags.output === 'junit'
          ? [driftJunit(record).trimEnd()]
          : driftLines(record, {style})
  process.stdout.write(`${lines.join('\n')}\n`)
  const kept = flags.scheduled ? await keptTargets(place.targets) : []
  await tell(place, lookOf(record), [...kept, ...given], say)
  return record.exit
}

/** The look, or the error that there was instead, is in the history afterwards. */
async function writtenDown(place: WatchPlace, mask: Mask, action: () => Promise<DriftRecord>): Promise<DriftRecord> {
  const write = (one: Look) => addToHistory(place.history, one)
  try {
    const record = await action()
    await write(lookOf(record))
    return record
  } catch (error) {
    await write(noLook('failed', mask.apply(error instanceof Error ? error.message : String(error))))
    throw error
  }
}

async function skipped({history}: WatchPlace): Promise<ExitCode> {
  const message = 'another look at these hosts is still under way'
  say(`skipped: ${message}`)
  await addToHistory(history, noLook('skipped', message))
  return 0
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
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
