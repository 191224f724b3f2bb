import type {Entry, Task} from '../play.ts'

/** All tasks in a list of entries, blocks included. */
export function tasksOf(entries: readonly Entry[]): readonly Task[] {
  return entries.flatMap(entry => {
    if (entry.kind === 'task') return [entry]
    return entry.kind === 'block' ? tasksOf([...entry.block, ...entry.rescue, ...entry.always]) : []
  })
}

/** Whether an entry is a task. */
export function isTask(entry: Entry): entry is Task {
  return entry.kind === 'task'
}

/** Whether a list of entries, blocks included, has an include, whose tasks are not known yet. */
export function hasInclude(entries: readonly Entry[]): boolean {
  return entries.some(entry => {
    if (entry.kind === 'block') return hasInclude([...entry.block, ...entry.rescue, ...entry.always])
    return entry.kind === 'include'
  })
}
