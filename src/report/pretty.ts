import type {RunEvent} from '../engine/events.ts'
import {type HostList, marks, noticeRows, openHostList} from './host-list.ts'
import {maskEvent} from './mask-event.ts'
import {type Report, type ReportOptions, written} from './options.ts'
import {eventLines} from './plain.ts'
import {PlayBoard, type View} from './play-board.ts'
import {makeStyle, oneLine, type Style} from './style.ts'
import {Tally} from './tally.ts'

/**
 * A report for a terminal: for each play a list of hosts that is redrawn while it goes, then one line for the play, below
 * it what stays worth reading, and at the end the summary of the plain report.
 */
export function prettyReport(options: ReportOptions): Report {
  const screen = new Screen(options)
  return {listen: event => screen.listen(maskEvent(event, options.mask)), close: () => screen.close()}
}

type PlayStarted = Extract<RunEvent, {type: 'play-started'}>

type Play = {
  readonly board: PlayBoard
  readonly hosts: readonly string[]
  /** What is printed when the list is gone. */
  readonly kept: string[]
  notices: number
  list: HostList | undefined
}

class Screen {
  readonly #options: ReportOptions
  readonly #style: Style
  readonly #now: () => number
  readonly #tally = new Tally()
  #play: Play | undefined
  /** What happens on the terminal happens one after another. */
  #queue: Promise<void> = Promise.resolve()

  constructor(options: ReportOptions) {
    this.#options = options
    this.#style = makeStyle(options.color)
    this.#now = options.now ?? Date.now
  }

  listen(event: RunEvent): void {
    this.#tally.listen(event)
    this.#play?.board.listen(event, this.#now())
    if (event.type === 'play-started') this.#openPlay(event)
    if (event.type === 'run-finished') this.#closePlay()
    if (event.type === 'notice')
      this.#notice(event.host === undefined ? event.message : `${event.host}: ${event.message}`)
    if (isKept(event, this.#options)) this.#keep(event)
  }

  async close(): Promise<void> {
    this.#closePlay()
    await this.#queue
    await written(this.#options.stdout)
  }

  #openPlay({play, hosts}: PlayStarted): void {
    this.#closePlay()
    const board = new PlayBoard(play, hosts, this.#now())
    const opened: Play = {board, hosts, kept: [], notices: 0, list: undefined}
    this.#play = opened
    this.#then(async () => {
      const {stdout} = this.#options
      opened.list = openHostList({stdout, style: this.#style, hosts, view: () => this.#view(opened)})
    })
  }

  /** Heading, one row for the line end, and the notices with the empty line above them take their part of the screen. */
  #view({board, notices}: Play): View {
    const {columns = 80, rows = 24} = this.#options.stdout
    return board.view(this.#now(), columns, Math.max(1, rows - 2 - (notices > 0 ? notices + 1 : 0)))
  }

  #closePlay(): void {
    const play = this.#play
    if (play === undefined) return
    this.#play = undefined
    const {failed, text} = play.board.outcome(this.#now(), this.#tally.check)
    this.#then(async () => {
      await play.list?.close()
      const mark = failed ? this.#style('red', marks.bad) : this.#style('green', marks.good)
      this.#print([`${mark} ${text}`, ...play.kept])
    })
  }

  #notice(message: string): void {
    if (this.#play === undefined) return
    this.#play.notices = Math.min(noticeRows, this.#play.notices + 1)
    this.#play.list?.notice(oneLine(message))
  }

  #keep(event: RunEvent): void {
    const hostWidth = Math.max(0, ...(this.#play?.hosts ?? []).map(host => host.length))
    const {diff, verbosity} = this.#options
    const shown = {diff, verbosity, style: this.#style, check: this.#tally.check, hostWidth}
    const lines = eventLines(event, this.#tally, shown)
    if (this.#play === undefined) this.#then(async () => this.#print(lines))
    else this.#play.kept.push(...lines)
  }

  #print(lines: readonly string[]): void {
    if (lines.length > 0) this.#options.stdout.write(`${this.#options.mask(lines.join('\n'))}\n`)
  }

  #then(step: () => Promise<void>): void {
    this.#queue = this.#queue.then(step)
  }
}

/** What stays on the screen: all but the steps on the way, and changes only where more than their name is asked for. */
function isKept(event: RunEvent, {diff, verbosity}: ReportOptions): boolean {
  switch (event.type) {
    case 'task-finished':
      return (
        (event.result.diff ?? diff) ||
        verbosity > 0 ||
        event.result.status !== 'changed' ||
        event.result.message !== undefined
      )
    case 'run-started':
    case 'host-unreachable':
    case 'notice':
    case 'not-reached':
    case 'run-finished':
      return true
    default:
      return false
  }
}
