import type {Entry, Included, Play, Task} from '../../play.ts'
import {tasksOf} from '../../playbook/walk.ts'

/** Tasks with this tag are about what runs, not about what was configured. */
const runtime = 'runtime'

/** Tasks with this tag are not asked whether something drifted. */
const left = 'no_drift'

/** The play as a look: every task is asked whatever another one found, and no handler is called. */
export function onlyLooking(play: Play): Play {
  return {
    ...play,
    entries: play.entries.flatMap(asked),
    handlers: [],
    anyErrorsFatal: false,
    maxFailPercentage: undefined,
  }
}

/** The places of the tasks that are about what runs, as `file:line:column`. */
export function runtimePlaces(plays: readonly Play[]): ReadonlySet<string> {
  const tasks = plays.flatMap(play => tasksOf(play.entries)).filter(({tags}) => tags.includes(runtime))
  return new Set(tasks.map(({source: {file, line, column}}) => `${file}:${line}:${column}`))
}

function asked(entry: Entry): readonly Entry[] {
  if (entry.kind === 'task') return entry.tags.includes(left) ? [] : [lookedAt(entry)]
  if (entry.kind === 'include') return [{...entry, load: async render => included(await entry.load(render))}]
  if (entry.kind === 'meta') return [entry]
  const [block, rescue, always] = [entry.block, entry.rescue, entry.always].map(part => part.flatMap(asked))
  return [{...entry, block: block ?? [], rescue: rescue ?? [], always: always ?? []}]
}

function included({entries}: Included): Included {
  return {entries: entries.flatMap(asked), handlers: []}
}

function lookedAt(task: Task): Task {
  return {...task, ignoreErrors: true, notify: [], anyErrorsFatal: false}
}
