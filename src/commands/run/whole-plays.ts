import {setup} from '../../modules/setup.ts'
import type {Entry, Included, Play, Task} from '../../play.ts'
import {plainTask} from '../../playbook/plain-task.ts'

/** The play with its facts gathered by a first task, as Ansible does. */
export function withFacts(play: Play): Play {
  return play.gatherFacts ? {...play, entries: [gathering(play), ...play.entries]} : play
}

/** The play with become on every task: --become. */
export function withBecome(play: Play): Play {
  return {
    ...play,
    become: true,
    entries: play.entries.map(become),
    handlers: play.handlers.map(task => ({...task, become: true})),
  }
}

function become(entry: Entry): Entry {
  if (entry.kind === 'task') return {...entry, become: true}
  if (entry.kind === 'include')
    return {...entry, become: true, load: async render => includedBecome(await entry.load(render))}
  if (entry.kind === 'meta') return entry
  return {...entry, block: entry.block.map(become), rescue: entry.rescue.map(become), always: entry.always.map(become)}
}

function includedBecome({entries, handlers, ...more}: Included): Included {
  return {...more, entries: entries.map(become), handlers: handlers.map(task => ({...task, become: true}))}
}

function gathering(play: Play): Task {
  return {
    ...plainTask(setup, {}, play.source),
    name: 'Gathering Facts',
    tags: ['always'],
    become: play.become,
    ...(play.undecided && {undecided: play.undecided}),
    ignoreUnreachable: play.ignoreUnreachable ?? false,
  }
}
