import type {ExitCode, NotReached, RunEvent, TaskResult} from '../engine/events.ts'
import {changeDiff} from './changes.ts'
import {failureLines} from './failure-lines.ts'
import {type Case, junitXml, type Suite} from './junit.ts'
import {maskEvent} from './mask-event.ts'
import {wasToBe} from './not-reached.ts'
import {type Report, type ReportOptions, written} from './options.ts'
import {taskTitle} from './result-lines.ts'
import {makeStyle} from './style.ts'

/** A report that prints one JUnit file when it is closed: a testsuite per host, a testcase per task. A task that changes something has passed. */
export function junitReport({stdout, mask, now = Date.now}: ReportOptions): Report {
  const started = now()
  const events: RunEvent[] = []
  return {
    listen: event => void events.push(event),
    close: async (exit = 70) => {
      // Now all secrets are known, also those that were learned late.
      const masked = events.map(event => maskEvent(event, mask))
      stdout.write(junitXml([...suitesOf(masked), ...cutShort(masked, exit)], started))
      await written(stdout)
    },
  }
}

type Growing = {readonly host: string; readonly cases: Case[]; readonly said: string[]}

function suitesOf(events: readonly RunEvent[]): readonly Suite[] {
  const suites = new Map<string, Growing>()
  let play = ''
  for (const event of events) {
    if (event.type === 'run-started') for (const host of event.hosts) suiteOf(suites, host)
    if (event.type === 'play-started') play = event.play
    if (event.type === 'host-unreachable') suiteOf(suites, event.host).cases.push(unreachable(event, play))
    if (event.type === 'notice' && event.host !== undefined) suiteOf(suites, event.host).said.push(event.message)
    if (event.type === 'not-reached')
      suiteOf(suites, event.host).cases.push(...event.tasks.map(task => left(task, play)))
    if (event.type !== 'task-finished') continue
    const {cases, said} = suiteOf(suites, event.result.host)
    cases.push(caseOf(event.result, play))
    said.push(...changesOf(event.result))
  }
  return [...suites.values()]
}

function suiteOf(suites: Map<string, Growing>, host: string): Growing {
  const known = suites.get(host)
  if (known) return known
  const fresh = {host, cases: [], said: []}
  suites.set(host, fresh)
  return fresh
}

function caseOf(result: TaskResult, play: string): Case {
  const {status, message, failure, source, ms} = result
  const own = {name: taskTitle(result), classname: `${play}/${source.file}`, ms}
  const why = failure?.message ?? message ?? status
  if (status === 'skipped') return {...own, end: {kind: 'skipped', type: status, message: why, text: ''}}
  if (status !== 'failed' && status !== 'unreachable') return own
  const lines = failureLines(result, failure ?? {message: why}, {style: makeStyle(false), verbosity: 1})
  const kind = status === 'failed' ? 'failure' : 'error'
  return {...own, end: {kind, type: status === 'failed' ? result.module : status, message: why, text: lines.join('\n')}}
}

function left(task: NotReached, play: string): Case {
  const message = `not reached: ${wasToBe(task)}`
  const classname = `${play}/${task.source.file}`
  return {name: taskTitle(task), classname, ms: 0, end: {kind: 'skipped', type: 'not reached', message, text: ''}}
}

function unreachable({message, hint}: Extract<RunEvent, {type: 'host-unreachable'}>, play: string): Case {
  const text = hint === undefined ? message : `${message}\nhint: ${hint}`
  return {name: 'Reach the host', classname: play, ms: 0, end: {kind: 'error', type: 'unreachable', message, text}}
}

function changesOf(result: TaskResult): readonly string[] {
  if (result.status !== 'changed') return []
  const lines = result.changes.flatMap(change => changeDiff(change, makeStyle(false)))
  return [`changed: ${taskTitle(result)}`, ...lines.map(line => `  ${line}`)]
}

/** A run that did not come to its end is no success, whatever its hosts said so far. */
function cutShort(events: readonly RunEvent[], exit: ExitCode): readonly Suite[] {
  if (events.some(({type}) => type === 'run-finished') && exit !== 130) return []
  const message = exit === 130 ? 'the run was interrupted' : `the run ended with an error (exit code ${exit})`
  const end = {kind: 'error', type: 'cut short', message, text: message} as const
  return [
    {host: 'provision', cases: [{name: 'The run comes to its end', classname: 'provision', ms: 0, end}], said: []},
  ]
}
