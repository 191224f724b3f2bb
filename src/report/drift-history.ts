import type {Look} from '../watch/look.ts'
import {oneLine, type Style} from './style.ts'
import {count, duration} from './words.ts'

/** The history of looks as people read it: one line each, and under it what had drifted. */
export function historyLines(looks: readonly Look[], {style}: {readonly style: Style}): string[] {
  return looks.flatMap(look => [headLine(look, style), ...look.drifted.map(differedLine)])
}

function headLine({time, state, hosts, message, ms}: Look, style: Style): string {
  const color = state === 'clean' ? 'green' : state === 'unreachable' || state === 'failed' ? 'red' : 'yellow'
  const start = `${time.slice(0, 19)}Z  ${style(color, state)}`
  if (message !== undefined) return `${start}  ${oneLine(message)}`
  const gone = Object.keys(hosts).filter(host => hosts[host] === 'unreachable')
  const all = count(Object.keys(hosts).length, 'host')
  return `${start}  ${all}, ${duration(ms)}${gone.length === 0 ? '' : `; not reached: ${gone.join(', ')}`}`
}

function differedLine({host, task, item, changes, message, hidden}: Look['drifted'][number]): string {
  const about = hidden ? 'hidden by no_log' : (message ?? changes.map(change => change.what).join(', '))
  return `  ${host}: ${oneLine(item === undefined ? task : `${task} (${item})`)}: ${oneLine(about)}`
}
