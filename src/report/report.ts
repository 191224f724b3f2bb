import type {Listener} from '../engine/events.ts'
import {jsonReport} from './json.ts'
import {jsonlReport} from './jsonl.ts'
import {junitReport} from './junit-run.ts'
import {maskEvent} from './mask-event.ts'
import {type Report, type ReportOptions, type Stream, written} from './options.ts'
import {plainListener} from './plain.ts'
import {makeStyle} from './style.ts'

export type {Report, ReportOptions} from './options.ts'

/**
 * Makes the report that --output names. JSON and JUnit go to stdout, and what is for people then goes to stderr. Pretty needs a
 * terminal of 20 columns at least and is plain elsewhere.
 */
export async function makeReport(options: ReportOptions): Promise<Report> {
  switch (options.output) {
    case 'pretty':
      if (!isRoomy(options.stdout)) return plainReport(options, options.stdout)
      // Loaded only when it is needed, with the package that draws lists.
      return (await import('./pretty.ts')).prettyReport(options)
    case 'plain':
      return plainReport(options, options.stdout)
    case 'json':
      return both(jsonReport(options), plainReport(options, options.stderr))
    case 'jsonl':
      return both(jsonlReport(options), plainReport(options, options.stderr))
    case 'junit':
      return both(junitReport(options), plainReport(options, options.stderr))
  }
}

function isRoomy({isTTY, columns = 80}: Stream): boolean {
  return isTTY === true && columns >= 20
}

function plainReport(options: ReportOptions, stream: Stream): Report {
  const {diff, verbosity, color, mask} = options
  const print = (text: string) => void stream.write(`${mask(text)}\n`)
  const listen = plainListener({diff, verbosity, style: makeStyle(color), print})
  return {listen: masked(listen, mask), close: () => written(stream)}
}

function masked(listen: Listener, mask: (text: string) => string): Listener {
  return event => listen(maskEvent(event, mask))
}

function both(one: Report, other: Report): Report {
  return {
    listen: event => {
      one.listen(event)
      other.listen(event)
    },
    close: async exit => {
      await one.close(exit)
      await other.close(exit)
    },
  }
}
