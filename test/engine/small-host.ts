import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {z} from 'zod'
import type {RunEvent, TaskResult} from '../../src/engine/events.ts'
import {runPlays} from '../../src/engine/run.ts'
import {TaskError, UnreachableError} from '../../src/errors.ts'
import {hostModule, type Module, type Values} from '../../src/module.ts'
import type {Entry, Host, Play, Task} from '../../src/play.ts'
import {plainTask} from '../../src/playbook/plain-task.ts'
import {allOf, sh} from '../../src/shell/shell.ts'
import {finished, Variables} from '../../src/template/variables.ts'
import {localTransport} from '../../src/transport/local.ts'
import type {Connection, Target} from '../../src/transport/transport.ts'

/** A host as small as can be: a folder of this machine, reached by a real sh. */
export class SmallHost {
  readonly folder = mkdtempSync(join(tmpdir(), 'small-host-'))

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, content: string): void {
    writeFileSync(this.path(name), content)
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }
}

type Line = {readonly path: string; readonly content: string}

/** The smallest module with a state: a file with one line. */
export const line = hostModule<Line, string>({
  name: 'line',
  summary: 'A file with one line.',
  schema: z.strictObject({path: z.string().describe('Where.'), content: z.coerce.string().describe('What.')}),
  probe: ({path}) => sh`cat ${path}`,
  parse: answer => answer,
  plan: (state, {content}) => (state === content ? [] : [{what: 'content', before: state, after: content}]),
  apply: (_, {path, content}) => ({dest: path, content: `${content}\n`}),
  result: state => ({content: state}),
})

/** A look that is slow, and therefore made again only when something has changed. */
export const look = hostModule<{readonly path: string}, string>({
  name: 'look',
  summary: 'Tells the line of a file.',
  slow: true,
  schema: z.strictObject({path: z.string().describe('Where.')}),
  probe: ({path}) => sh`cat ${path}`,
  parse: answer => answer,
  plan: () => [],
  apply: () => sh`:`,
  result: state => ({content: state}),
})

type Act = {readonly cmd: string; readonly probe: string}

/** The smallest module that acts: a command, and a probe that may be given. */
export const act = hostModule<Act, string>({
  name: 'act',
  summary: 'Runs a command.',
  action: true,
  schema: z.strictObject({cmd: z.string().describe('What.'), probe: z.string().default(':').describe('What to ask.')}),
  probe: ({probe}) => sh`sh -c ${probe}`,
  parse: answer => answer,
  plan: (state, {cmd}) => (state === 'done' ? [] : [{what: 'command', before: null, after: cmd, unseen: true}]),
  apply: (_, {cmd}) => allOf(sh`sh -c ${cmd}`),
  result: (_, __, output) => ({stdout: output?.stdout.trim() ?? '', rc: output?.exitCode ?? 0}),
})

/** A command whose output says whether it changed anything. */
export const tells = hostModule<{readonly cmd: string}, null>({
  name: 'tells',
  summary: 'Runs a command that may change nothing.',
  action: true,
  schema: z.strictObject({cmd: z.string().describe('What.')}),
  probe: () => sh`:`,
  parse: () => null,
  plan: (_, {cmd}) => [{what: 'command', before: null, after: cmd, unseen: true}],
  apply: (_, {cmd}) => sh`sh -c ${cmd}`,
  changed: ({stdout}) => stdout.includes('changed'),
})

/** A module that works only where its file is: planning for a host without it is impossible. */
export const append = hostModule<Line, string>({
  name: 'append',
  summary: 'A line at the end of a file that must be there.',
  schema: z.strictObject({path: z.string().describe('Where.'), content: z.string().describe('What.')}),
  probe: ({path}) => sh`cat ${path} 2>/dev/null || echo absent`,
  parse: answer => answer,
  plan: (state, {path, content}) => {
    if (state === 'absent') throw new TaskError({message: `${path.split('/').at(-1)} is absent`})
    return state.endsWith(content) ? [] : [{what: 'line', before: null, after: content}]
  },
  apply: (_, {path, content}) => sh`echo ${content} >>${path}`,
})

/** A module whose answer is another each time it is asked. */
export const restless = hostModule<{readonly path: string}, string>({
  name: 'restless',
  summary: 'Never comes to rest.',
  schema: z.strictObject({path: z.string().describe('A counter.')}),
  probe: ({path}) => sh`n=$(cat ${path} 2>/dev/null); n=$((n + 1)); echo "$n" >${path}; echo "$n"`,
  parse: answer => answer,
  plan: state => [{what: 'count', before: state, after: '0'}],
  apply: () => sh`:`,
})

/** A task whose retries come without a pause. */
export function task(name: string, module: Module, args: Values, more: Partial<Task> = {}): Task {
  const source = {file: 'play.yml', line: 1, column: 1}
  return {...plainTask(module, args, source), name, retries: 3, delay: 0, ...more}
}

/** What came of a run: each task's status in the order in which they ended, the round trips, and what is behind them. */
export type Ran = {
  readonly tasks: readonly string[]
  readonly trips: number
  readonly exit: number
  readonly results: readonly TaskResult[]
  readonly events: readonly RunEvent[]
}

function known(
  {name, vars}: Host,
  names: readonly string[],
  learned: Values = {},
  learnedBy: (host: string) => Values = () => ({}),
): Variables {
  const of = (host: string) => new Variables([finished(learnedBy(host))])
  return new Variables([vars, {inventory_hostname: name}, finished(learned)], {
    hosts: {own: name, names: () => names, of},
  })
}

/** A connection to this machine whose shells know under which name it is reached. */
async function connect(target: Target, gone: readonly string[]): Promise<Connection> {
  if (gone.includes(target.host)) throw new UnreachableError(target.host, 'no route to host', 'switch it on')
  const connection = await localTransport.connect(target)
  return {
    close: () => connection.close(),
    send: (...words) => connection.send(...words),
    shell: async privilege => {
      const shell = await connection.shell(privilege)
      await shell.run(sh`export WHERE=${target.host}`, () => {})
      return shell
    },
  }
}

/** Runs entries on a small host. */
export async function runOn(
  entries: readonly Entry[],
  more: {
    handlers?: readonly Task[]
    vars?: Values
    check?: boolean
    /** Hosts of the play; all are this machine, and a shell of each knows its name as $WHERE. */
    hosts?: readonly string[]
    /** Hosts that cannot be reached. */
    gone?: readonly string[]
    /** How many of them at once. */
    forks?: number
  } = {},
): Promise<Ran> {
  const events: RunEvent[] = []
  const hosts = (more.hosts ?? ['small']).map(name => ({name, groups: [], vars: more.vars ?? {}}))
  const source = {file: 'play.yml', line: 1, column: 1}
  const play: Play = {
    name: 'play',
    hosts: 'all',
    source,
    hostsSource: source,
    gatherFacts: false,
    become: false,
    vars: {},
    entries,
    handlers: more.handlers ?? [],
  }
  const exit = await runPlays({
    playbook: 'play.yml',
    plays: [play],
    hostsOf: () => hosts,
    variablesOf: (host, _, learned, learnedBy) =>
      known(
        host,
        hosts.map(one => one.name),
        learned,
        learnedBy,
      ),
    inventory: {version: 0, add: async () => true, refresh: async () => {}},
    hostNamed: name => hosts.find(one => one.name === name) ?? {name, groups: [], vars: {}},
    targetOf: async ({name}) => ({
      host: name,
      connection: 'local',
      address: 'localhost',
      port: 22,
      user: 'me',
      become: false,
      hostKeys: 'strict',
      connectTimeout: 10,
    }),
    transportOf: () => ({connect: target => connect(target, more.gone ?? [])}),
    check: more.check ?? false,
    forks: more.forks ?? 5,
    emit: event => events.push(event),
    signal: new AbortController().signal,
  })
  const results = events.flatMap(event => (event.type === 'task-finished' ? [event.result] : []))
  const end = events.find(event => event.type === 'run-finished')
  const tasks = results.map(
    ({status, task: name, item}) => `${status} ${name}${item === undefined ? '' : ` (${item})`}`,
  )
  return {tasks, trips: end?.hosts.small?.trips ?? -1, exit, results, events}
}
