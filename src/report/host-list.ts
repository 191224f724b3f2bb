import {
  figures,
  ListrDefaultRendererLogLevels as Level,
  Listr,
  type ListrDefaultRendererOptions,
  ListrLogger,
  type ListrTask,
  ProcessOutput,
  Spinner,
} from 'listr2'
import type {Stream} from './options.ts'
import type {View} from './play-board.ts'
import {Redraw} from './redraw.ts'
import type {Format, Style} from './style.ts'

/** The marks of listr2 for what went well and what failed. */
export const marks = {good: figures.tick, bad: figures.cross}

/** Rows that notices may take below the list. */
export const noticeRows = 3

/** A list of hosts on a terminal, redrawn until it is closed. */
export type HostList = {
  /** Shows a line below the list. */
  notice(text: string): void
  /** Erases the list and gives the cursor back. */
  close(): Promise<void>
}

/** What a list needs: `view` is asked anew for each frame. */
export type HostListOptions = {
  readonly stdout: Stream
  readonly style: Style
  readonly hosts: readonly string[]
  readonly view: () => View
}

/** Opens a list of hosts: listr2 draws it, with one of its tasks for each host, which ends when the host does. */
export function openHostList({stdout, style, hosts, view}: HostListOptions): HostList {
  const rows = hosts.map(host => new Row(host))
  const closing = new Row('')
  const children = [...rows.map(row => row.task), ellipsis, closing.task]
  const list = new Listr([playTask(view().heading, children)], {
    exitOnError: false,
    registerSignalListeners: false,
    rendererOptions: {
      ...look(style),
      spinner: new Ticker(() => refresh(list.tasks[0], rows, view())),
      logger: new ListrLogger({processOutput: new Terminal(stdout)}),
    },
  })
  // listr2 would draw all hosts at each change of each; the spinner draws them ten times a second anyway.
  list.events.emit = () => {}
  const drawn = list.run()
  return {
    notice: text => say(list.tasks[0], text),
    close: async () => {
      for (const row of [...rows, closing]) row.end(false)
      await drawn
    },
  }
}

/** What this file touches of a task of listr2. */
type Drawn = {title?: string; subtasks?: Drawn[]; set output$(text: string)}

/** A listr2 task that ends when it is told to. A failed one is only drawn so: what failed is known from events. */
class Row {
  readonly host: string
  readonly task: ListrTask
  #settle: (failed: boolean) => void = () => {}

  constructor(host: string) {
    this.host = host
    const ended = new Promise<void>((resolve, reject) => {
      this.#settle = failed => (failed ? reject(new Error(host)) : resolve())
    })
    ended.catch(() => {})
    this.task = {task: () => ended}
  }

  end(failed: boolean): void {
    this.#settle(failed)
  }
}

/** The row for hosts that are not shown: listr2 marks skipped tasks, and our mark for those is the ellipsis. */
const ellipsis: ListrTask = {task: (_, task) => task.skip()}

function playTask(title: string, children: ListrTask[]): ListrTask {
  return {
    title,
    task: (_, task) => task.newListr(children, {concurrent: true, exitOnError: false}),
    rendererOptions: {bottomBar: noticeRows},
  }
}

/** Puts the texts of a view into the tasks, without asking for a redraw: that comes with the spinner, ten times a second. */
function refresh(play: Drawn | undefined, rows: readonly Row[], view: View): void {
  const drawn = play?.subtasks ?? []
  if (play !== undefined) play.title = view.heading
  for (const [index, row] of rows.entries()) {
    const {state, text} = view.rows.get(row.host) ?? {state: 'waiting', text: ''}
    const task = drawn[index]
    if (task !== undefined) task.title = text
    if (state === 'done' || state === 'failed') row.end(state === 'failed')
  }
  const more = drawn[rows.length]
  if (more !== undefined) more.title = view.more
}

function say(play: Drawn | undefined, text: string): void {
  if (play !== undefined) play.output$ = text
}

function look(style: Style): ListrDefaultRendererOptions {
  const colored = (format: Format) => (text?: string) => style(format, text ?? '')
  return {
    clearOutput: true,
    collapseErrors: false,
    showErrorMessage: false,
    collapseSkips: true,
    showSkipMessage: false,
    formatOutput: 'truncate',
    icon: {[Level.SKIPPED_WITH_COLLAPSE]: '…'},
    color: {
      [Level.PENDING]: colored('yellow'),
      [Level.COMPLETED]: colored('green'),
      [Level.COMPLETED_WITH_FAILED_SUBTASKS]: colored('yellow'),
      [Level.FAILED]: colored('red'),
      [Level.FAILED_WITH_FAILED_SUBTASKS]: colored('red'),
      [Level.SKIPPED_WITH_COLLAPSE]: colored('dim'),
      [Level.WAITING]: colored('dim'),
    },
  }
}

/** Asks for new texts before each frame. */
class Ticker extends Spinner {
  readonly #before: () => void

  constructor(before: () => void) {
    super()
    this.#before = before
  }

  override spin(): void {
    super.spin()
    this.#before()
  }
}

/**
 * Where listr2 draws. Its own way copies the stream once, so that it never learns of a new size, and catches all that
 * others write, so that a process that is killed cannot give the cursor back.
 */
class Terminal extends ProcessOutput {
  readonly #stdout: Stream
  readonly #redraw: Redraw

  constructor(stdout: Stream) {
    super()
    this.#stdout = stdout
    this.#redraw = new Redraw(stdout)
  }

  override get stdout(): NodeJS.WriteStream {
    return Object.create(this.#stdout, {write: {value: (frame: string) => this.#redraw.write(frame)}})
  }

  override hijack(): void {}

  override release(): void {}
}
