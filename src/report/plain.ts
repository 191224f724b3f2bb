import type {Listener, RunEvent} from '../engine/events.ts'
import {notReachedLines} from './not-reached.ts'
import {type LineOptions, resultLines, taskTitle, unreachableLines} from './result-lines.ts'
import {oneLine, type Style} from './style.ts'
import {summaryLines} from './summary.ts'
import {Tally} from './tally.ts'
import {count} from './words.ts'

/** How a plain report is written: `print` gets one text without its last line end. */
export type PlainOptions = {
  readonly diff: boolean
  readonly verbosity: number
  readonly style: Style
  readonly print: (text: string) => void
}

/** A report of lines that come one after another and stay: for logs, pipes and screen readers. */
export function plainListener(options: PlainOptions): Listener {
  const tally = new Tally()
  let hostWidth = 0
  return event => {
    tally.listen(event)
    if (event.type === 'play-started') hostWidth = Math.max(0, ...event.hosts.map(host => host.length))
    const lines = eventLines(event, tally, {...options, hostWidth, check: tally.check})
    if (lines.length > 0) options.print(lines.join('\n'))
  }
}

function playHeading(play: string, hosts: readonly string[], style: Style): string {
  const shown = hosts.length > 0 && hosts.length <= 5 ? hosts.join(', ') : count(hosts.length, 'host')
  return `${style('bold', oneLine(play))}  (${shown})`
}

/** What people see of one event; the tally has taken it in already. */
export function eventLines(event: RunEvent, tally: Tally, options: LineOptions): string[] {
  switch (event.type) {
    case 'run-started':
      return event.check ? ['Check mode: nothing is changed; lines tell what would change.'] : []
    case 'play-started':
      return ['', playHeading(event.play, event.hosts, options.style)]
    case 'task-finished':
      return resultLines(event.result, options)
    case 'host-unreachable':
      return unreachableLines(event, options)
    case 'notice':
      return [`notice  ${event.host === undefined ? '' : `${event.host}  `}${oneLine(event.message)}`]
    case 'not-reached':
      return notReachedLines(event, options)
    case 'run-finished':
      return summaryLines(tally, event, options)
    default:
      return options.verbosity > 1 ? stepLines(event) : []
  }
}

type Step = Extract<RunEvent, {type: 'connecting' | 'looking' | 'task-started' | 'sending' | 'host-finished'}>

function stepLines(event: Step): string[] {
  switch (event.type) {
    case 'connecting':
      return [`connecting  ${event.host}`]
    case 'looking':
      return [`looking  ${event.host}  ${count(event.tasks, 'task')}`]
    case 'task-started':
      return [`started  ${event.host}  ${taskTitle(event)}`]
    case 'sending':
      return [`sent  ${event.host}  ${oneLine(event.task)}  ${event.bytes} of ${event.size} bytes`]
    case 'host-finished':
      return []
  }
}
