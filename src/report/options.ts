import type {ExitCode, Listener} from '../engine/events.ts'

/** Makes of a run's events what people or programs read; `close` ends it and waits until all is written. */
export type Report = {
  readonly listen: Listener
  /** `exit` is told to a JSON reader when the run ended without its own last event (an error before or in it); 70 without it. */
  close(exit?: ExitCode): Promise<void>
}

/** How a run is reported. */
export type ReportOptions = {
  readonly output: 'pretty' | 'plain' | 'json' | 'jsonl' | 'junit'
  readonly stdout: Stream
  readonly stderr: Stream
  /** Show each change as a diff. */
  readonly diff: boolean
  /** 0 shows what changed and failed; 1 also what was in order or skipped, and why; 2 also each step on the way. */
  readonly verbosity: number
  readonly color: boolean
  /** Hides secrets; every text that goes out has passed it. */
  readonly mask: (text: string) => string
  /** Milliseconds of some clock; that of the system without it. */
  readonly now?: () => number
}

/** A stream that may be a terminal: `process.stdout` and the like. */
export type Stream = NodeJS.WritableStream & {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/** Waits until a stream has written all that it was given. */
export function written(stream: Stream): Promise<void> {
  return new Promise(resolve => {
    stream.write('', () => resolve())
  })
}
