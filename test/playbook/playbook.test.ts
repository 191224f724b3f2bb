import {readdirSync} from 'node:fs'
import {join, relative} from 'node:path'
import {describe, expect, it} from 'vitest'
import {ConfigError, type Problem} from '../../src/errors.ts'
import {moduleMap} from '../../src/modules/index.ts'
import type {Entry, Play} from '../../src/play.ts'
import {loadPlaybook} from '../../src/playbook/playbook.ts'

const here = import.meta.dirname

function written(problem: Problem): string {
  const {source, message, expected, suggestion} = problem
  const place = `${relative(here, source.file)}:${source.line}:${source.column}`
  return [place, message.replaceAll(`${here}/`, ''), expected, suggestion].filter(Boolean).join(' | ')
}

async function problemsOf(work: Promise<unknown>): Promise<readonly string[]> {
  const error = await work.catch((error: unknown) => error)
  if (!(error instanceof ConfigError)) throw error
  return error.problems.map(written)
}

/** An entry without what all entries have, so that a snapshot shows what is special. */
function brief(entry: Entry): unknown {
  if (entry.kind === 'block')
    return {block: entry.block.map(brief), rescue: entry.rescue.map(brief), always: entry.always.map(brief)}
  const {source, ...rest} = entry
  const place = `${relative(here, source.file)}:${source.line}`
  const fields = Object.entries(rest).filter(
    ([key, value]) =>
      key === 'module' ||
      (value !== undefined && typeof value !== 'function' && !usual.has(`${key}=${JSON.stringify(value)}`)),
  )
  return [
    place,
    Object.fromEntries(
      fields.map(([key, value]) => [key, entry.kind === 'task' && key === 'module' ? entry.module.name : value]),
    ),
  ]
}

const usual = new Set([
  'kind="task"',
  'when=[]',
  'vars={}',
  'tags=["web"]',
  'become=true',
  'becomeUser="root"',
  'environment={"LANG":"C"}',
  'ignoreErrors=false',
  'noLog=false',
  'checkMode=undefined',
  'delegateTo=undefined',
  'delegateFacts=false',
  'timeout=0',
  'role=undefined',
  'runOnce=false',
  'anyErrorsFatal=false',
  'name=undefined',
  'loop=undefined',
  'loopVar="item"',
  'loopLabel=undefined',
  'register=undefined',
  'notify=[]',
  'listen=[]',
  'changedWhen=undefined',
  'failedWhen=undefined',
  'until=undefined',
  'retries=0',
  'delay=5',
])

describe('a playbook', async () => {
  const [web, db] = (await loadPlaybook(join(here, 'good/site.yml'), moduleMap)) as [Play, Play]

  it('has plays with their own keywords', () => {
    const {entries: _, handlers, source, hostsSource, ...rest} = web
    expect({...rest, line: source.line, hostsLine: hostsSource.line, handlers: handlers.map(brief)}).toMatchSnapshot()
    expect([db.name, db.hosts, db.gatherFacts, db.become, db.source.line]).toEqual(['db', 'db', true, false, 1])
  })

  it('has tasks that inherit from plays, blocks and imports', () => {
    expect(web.entries.map(brief)).toMatchSnapshot()
    expect(db.entries.map(brief)).toMatchSnapshot()
  })

  it('knows the place of every argument and keyword', () => {
    const task = web.entries[2]
    if (task?.kind !== 'task') throw new Error('no task')
    const places = [['content'], ['mode'], ['when'], ['notify', 1], ['nothing']].map(path => task.locate(path))
    expect(places.map(({line, column}) => `${line}:${column}`)).toEqual(['17:18', '18:15', '14:7', '19:29', '14:7'])
  })

  it('loads what it includes when it is asked, and checks it then', async () => {
    const include = web.entries.find(entry => entry.kind === 'include')
    if (include?.kind !== 'include') throw new Error('no include')
    expect((await include.load(() => 'tasks/red.yml')).entries.map(brief)).toMatchSnapshot()
    expect(await problemsOf(include.load(() => 'tasks/blue.yml'))).toEqual([
      'good/tasks/blue.yml:1:3 | there is no module "pong" | Did you mean "ping"?',
    ])
  })
})

it('tells all mistakes of a playbook at once', async () => {
  expect(await problemsOf(loadPlaybook(join(here, 'bad/mistakes.yml'), moduleMap))).toMatchSnapshot()
})

describe('the playbooks of this project', () => {
  const folder = join(here, '../../playbooks')
  const files = readdirSync(folder).filter(name => name.endsWith('.yml'))
  it.each(files)('%s is in order', async name => {
    await expect(loadPlaybook(join(folder, name), moduleMap)).resolves.not.toHaveLength(0)
  })
})
