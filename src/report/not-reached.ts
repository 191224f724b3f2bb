import type {NotReached, RunEvent} from '../engine/events.ts'
import {changeDiff} from './changes.ts'
import {type LineOptions, taskTitle} from './result-lines.ts'
import {oneLine} from './style.ts'
import {count} from './words.ts'

/** So many tasks are named unless more is asked for: after an early failure the whole plan is left. */
const most = 10

/** What people see of the tasks of a plan that were not reached on a host; with -v all of them, and what they were to change. */
export function notReachedLines(
  {host, tasks}: Extract<RunEvent, {type: 'not-reached'}>,
  options: LineOptions,
): string[] {
  const {verbosity, style, hostWidth} = options
  const shown = verbosity > 0 ? tasks : tasks.slice(0, most)
  const begin = `${style('cyan', 'not reached')}  ${host.padEnd(hostWidth)}  `
  const lines = shown.flatMap(task => [
    `${begin}${taskTitle(task)}: ${wasToBe(task)}`,
    ...(verbosity > 0 ? task.changes.flatMap(change => changeDiff(change, style)).map(line => `  ${line}`) : []),
  ])
  const more = tasks.length - shown.length
  return more > 0 ? [...lines, `${begin}and ${count(more, 'more task')}: -v names them`] : lines
}

/** What a plan said of a task that was not reached. */
export function wasToBe({mark, changes}: Pick<NotReached, 'mark' | 'changes'>): string {
  const what = changes.map(change => oneLine(change.what))
  return `${words[mark]}${what.length > 0 && mark === 'change' ? `: ${what.join(', ')}` : ''}`
}

const words: {readonly [mark in NotReached['mark']]: string} = {
  change: 'it was to be done',
  run: 'it was to run',
  unknown: 'it was yet to be decided',
}
