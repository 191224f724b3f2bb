import type {ExitCode, HostSummary, RunEvent, TaskResult} from '../engine/events.ts'
import {changeWords} from './changes.ts'
import {taskTitle} from './result-lines.ts'
import {type Format, oneLine, type Style} from './style.ts'
import type {HostTally, Tally} from './tally.ts'
import {changedWords, count, duration} from './words.ts'

/** The end of a run. */
export type RunFinished = Extract<RunEvent, {type: 'run-finished'}>

/** How the end is written. */
export type SummaryOptions = {readonly style: Style; readonly verbosity: number}

/** The end of a report: per host what changed and failed, a line of counts for each host, and one for all. */
export function summaryLines(tally: Tally, finished: RunFinished, options: SummaryOptions): string[] {
  const blocks = tally.hosts.flatMap(host => hostLines(host, tally.check, options))
  return [...blocks, '', ...countLines(finished, tally.check, options.style), '', verdict(finished, tally.check)]
}

function hostLines(host: HostTally, check: boolean, options: SummaryOptions): string[] {
  const {style} = options
  const changed = host.changed.map(result => `  ${taskTitle(result)}${words(result, options)}`)
  const failed = host.failed.map(result => `  ${taskTitle(result)}: ${reason(result)}`)
  const gone = host.unreachable === undefined ? [] : [`  ${oneLine(host.unreachable)}`]
  return [
    ...titled(style('yellow', `${host.host} ${check ? 'would change' : 'changed'}:`), changed),
    ...titled(style('red', `${host.host} failed:`), failed),
    ...titled(style('red', `${host.host} was not reached:`), gone),
  ]
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

/** The first few changes of a task; all of them with -v. */
function words({changes, noLog}: TaskResult, {verbosity}: SummaryOptions): string {
  if (noLog) return ' (hidden by no_log)'
  const shown = verbosity > 0 ? changes : changes.slice(0, 3)
  const hidden = changes.length - shown.length
  const list = [...shown.map(changeWords), ...(hidden > 0 ? [`${hidden} more`] : [])]
  return list.length === 0 ? '' : `: ${list.join(', ')}`
}

function reason({failure, message, source}: TaskResult): string {
  const [first = 'failed'] = (failure?.message ?? message ?? 'failed').split('\n')
  return `${oneLine(first)} (${source.file}:${source.line}:${source.column})`
}

type Count = keyof HostSummary

const columns: readonly (readonly [Count, Format])[] = [
  ['ok', 'green'],
  ['changed', 'yellow'],
  ['failed', 'red'],
  ['unreachable', 'red'],
  ['skipped', 'cyan'],
  ['rescued', 'magenta'],
  ['ignored', 'magenta'],
  ['trips', 'dim'],
]

/** One line of counts for each host; ok, changed and trips always, the others where any host has them. */
function countLines(finished: RunFinished, check: boolean, style: Style): string[] {
  const hosts = Object.entries(finished.hosts)
  const width = Math.max(0, ...hosts.map(([host]) => host.length))
  const shown = columns.filter(
    ([name]) => ['ok', 'changed', 'trips'].includes(name) || hosts.some(([, summary]) => summary[name] > 0),
  )
  return hosts.map(([host, summary]) => {
    const cells = shown.map(([name, format]) => cell(name, summary[name], digits(hosts, name), check, format, style))
    return `${host.padEnd(width)}  ${cells.join('  ')}`
  })
}

function cell(name: Count, number: number, width: number, check: boolean, format: Format, style: Style): string {
  const word = check && name === 'changed' ? 'would change' : number === 1 && name === 'trips' ? 'trip ' : name
  const text = `${String(number).padStart(width)} ${word}`
  return number > 0 ? style(format, text) : text
}

function digits(hosts: readonly (readonly [string, HostSummary])[], name: Count): number {
  return Math.max(...hosts.map(([, summary]) => String(summary[name]).length))
}

/** The run in one sentence. */
function verdict({hosts, ms, exit}: RunFinished, check: boolean): string {
  const all = Object.values(hosts)
  const changed = all.reduce((sum, host) => sum + host.changed, 0)
  const parts = [ending(all, exit), changedWords(changed, check), duration(ms)]
  return `${parts.join(', ')}${check ? ' (check mode)' : ''}.`
}

function ending(hosts: readonly HostSummary[], exit: ExitCode): string {
  const all = count(hosts.length, 'host')
  const failed = hosts.filter(host => host.failed > 0).length
  const gone = hosts.filter(host => host.unreachable > 0).length
  const parts = [
    ...(exit === 130 ? ['Interrupted'] : []),
    ...(failed > 0 ? [`Failed on ${failed} of ${all}`] : []),
    ...(gone > 0 ? [failed > 0 ? `${gone} not reached` : `${gone} of ${all} not reached`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : `Done: ${all}`
}
