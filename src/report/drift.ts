import {changeDiff} from './changes.ts'
import type {Drifted, DriftRecord, HostDrift} from './drift-record.ts'
import {taskTitle} from './result-lines.ts'
import {oneLine, type Style} from './style.ts'
import {count, duration} from './words.ts'

const kinds = ['configuration', 'runtime'] as const

/** What drifted as people read it: by host, configuration before what runs, each with its task and what differs. */
export function driftLines(record: DriftRecord, {style}: {readonly style: Style}): string[] {
  const hosts = Object.entries(record.hosts)
  return [...hosts.flatMap(([host, found]) => hostLines(host, found, record.drifted, style)), verdict(record)]
}

/** The same for programs that read line by line: what drifted, then each host, then the end. */
export function driftRows({drifted, hosts, ...rest}: DriftRecord): readonly object[] {
  return [
    ...drifted.map(one => ({type: 'drifted', time: rest.time, ...one})),
    ...Object.entries(hosts).map(([host, found]) => ({type: 'host', time: rest.time, host, ...found})),
    {type: 'finished', ...rest},
  ]
}

function hostLines(host: string, found: HostDrift, all: readonly Drifted[], style: Style): string[] {
  const {state, trips, message, hint} = found
  if (state === 'in order')
    return [`${style('bold', host)}  ${style('green', 'in order')}  (${count(trips, 'trip')})`, '']
  if (state === 'unreachable') {
    const first = `${style('bold', host)}  ${style('red', 'unreachable')}  ${oneLine(message ?? '')}`
    return [first, ...(hint === undefined ? [] : [`  hint  ${oneLine(hint)}`]), '']
  }
  const own = all.filter(one => one.host === host)
  const groups = kinds.flatMap(kind => groupLines(kind, own, style))
  return [`${style('bold', host)}  ${style('yellow', 'drifted')}  (${count(trips, 'trip')})`, ...groups, '']
}

function groupLines(kind: Drifted['kind'], drifted: readonly Drifted[], style: Style): string[] {
  const own = drifted.filter(one => one.kind === kind)
  return own.length === 0 ? [] : [`  ${kind}`, ...own.flatMap(one => driftedLines(one, style))]
}

function driftedLines(one: Drifted, style: Style): string[] {
  const {changes, message, hint, hidden, file, line} = one
  const diff = hidden ? ['(hidden by no_log)'] : changes.flatMap(change => changeDiff(change, style))
  const wrong = message === undefined ? [] : [style('red', oneLine(message))]
  const help = hint === undefined ? [] : [`hint: ${oneLine(hint)}`]
  const about = message === undefined ? diff : [...wrong, ...help]
  const place = style('dim', `(${file}:${line})`)
  return [`    ${style('yellow', taskTitle(one))}  ${place}`, ...about.map(text => `      ${text}`.trimEnd())]
}

function verdict({hosts, drifted, ms}: DriftRecord): string {
  const states = Object.values(hosts).map(({state}) => state)
  const of = (state: HostDrift['state']) => states.filter(one => one === state).length
  const parts = [
    `${of('in order')} of ${count(states.length, 'host')} in order`,
    ...(of('drifted') > 0 ? [`${of('drifted')} drifted in ${count(drifted.length, 'place')}`] : []),
    ...(of('unreachable') > 0 ? [`${of('unreachable')} not reached`] : []),
    duration(ms),
  ]
  return `${parts.join(', ')}.`
}
