import type {RunEvent} from '../engine/events.ts'
import {notReachedRecords, taskRecord} from './json.ts'
import {maskEvent} from './mask-event.ts'
import {type Report, type ReportOptions, written} from './options.ts'

/**
 * A report of one flat JSON object a line, as things happen. Every line has `type` and `time` (milliseconds of the
 * clock, since 1970 unless another was given) and the fields of its event:
 * run-started: playbook, hosts, check; play-started: play, hosts; connecting: host; looking: host, tasks;
 * task-started: host, task, item?; task-finished: the fields of a task in --output json; host-finished: host;
 * host-unreachable: host, message, hint?; notice: host?, message; not-reached (one for each
 * task of a plan): host, task, module, item?, mark, changes, file, line; host-summary (one for each host before the end): host,
 * ok, changed, failed, skipped, rescued, ignored, unreachable, trips; run-finished: ms, exit.
 */
export function jsonlReport({stdout, mask, now = Date.now}: ReportOptions): Report {
  return {
    listen: event => {
      const time = now()
      for (const {type, ...fields} of rows(maskEvent(event, mask))) {
        stdout.write(`${JSON.stringify({type, time, ...fields})}\n`)
      }
    },
    close: () => written(stdout),
  }
}

type Row = {readonly type: string; readonly [field: string]: unknown}

function rows(event: RunEvent): Row[] {
  if (event.type === 'task-finished') return [{type: event.type, ...taskRecord(event.result)}]
  if (event.type === 'not-reached') return notReachedRecords(event).map(record => ({type: event.type, ...record}))
  if (event.type !== 'run-finished') return [event]
  const hosts = Object.entries(event.hosts).map(([host, summary]) => ({type: 'host-summary', host, ...summary}))
  return [...hosts, {type: event.type, ms: event.ms, exit: event.exit}]
}
