import {type Hosts, onHosts} from './hosts.ts'
import {openLink} from './link/link.ts'
import {type Measured, measure} from './measure.ts'
import type {Work} from './plays/work.ts'
import {writePyinfraHosts} from './plays/write-pyinfra.ts'
import {writePlaces} from './plays/write-work.ts'
import type {Scene} from './scene.ts'
import {floorFor} from './tools/floor.ts'
import {provision, provisionCommand} from './tools/provision.ts'
import type {Tool} from './tools/tool.ts'

/** What is measured together: the same work, by each tool in turn, on the first hosts, so far away. */
export type Setting = {
  readonly hosts: number
  /** Milliseconds there and back. */
  readonly roundTrip: number
  readonly works: readonly Work[]
  readonly tools: readonly Tool[]
  readonly times: number
}

/** The median runs of one tool at one work. */
export type Result = Measured & {
  readonly work: Work['name'] | 'site, from a bare host' | 'site, no-op'
  readonly tool: string
  readonly hosts: number
  readonly roundTrip: number
  /** Bytes that went to all hosts; known where the hosts are behind a proxy. */
  readonly sent: number | undefined
}

/** Measures one setting: the tools take turns, so that what else the machine does meets them all alike. After each work it keeps what there is. */
export async function measureSetting(
  setting: Setting,
  hosts: Hosts,
  folder: string,
  {say, keep}: {readonly say: (line: string) => void; readonly keep: (resultsSoFar: readonly Result[]) => void},
): Promise<readonly Result[]> {
  const near = {folder, places: hosts.places.slice(0, setting.hosts), user: hosts.user, keyFile: hosts.keyFile}
  const link = setting.roundTrip === 0 ? undefined : await openLink(near.places, setting.roundTrip)
  const scene = {...near, places: link?.places ?? near.places}
  writePlaces(scene)
  writePyinfraHosts(scene)
  try {
    const tools = [await floorFor(scene), ...setting.tools]
    const results: Result[] = []
    for (const work of setting.works) {
      for (const result of await measureWork(work, tools, setting, {near, scene, sent: link?.sent})) {
        results.push(result)
        say(line(result))
      }
      keep(results)
    }
    return results
  } finally {
    link?.close()
  }
}

type Way = {readonly near: Scene; readonly scene: Scene; readonly sent: (() => Promise<number>) | undefined}
type Run = Measured & {readonly sent: number | undefined}

async function measureWork(work: Work, tools: readonly Tool[], setting: Setting, way: Way): Promise<readonly Result[]> {
  const able = tools.filter(tool => tool.command(work, way.scene))
  if (work.again) await once({...work, reset: ''}, provision, way)
  const runs = new Map(able.map(tool => [tool.name, [] as Run[]]))
  for (let time = 0; time < setting.times; time++)
    for (const tool of able) {
      runs.get(tool.name)?.push(await once(work, tool, way))
      if (time === 0 && setting.tools.includes(tool)) await agree(work, tool, way.scene)
    }
  const {hosts, roundTrip} = setting
  return [...runs].map(([tool, all]) => ({work: work.name, tool, hosts, roundTrip, ...median(all)}))
}

async function once(work: Work, tool: Tool, {near, scene, sent}: Way): Promise<Run> {
  const command = tool.command(work, scene)
  if (!command) throw new Error(`${tool.name} cannot do ${work.name}`)
  // What a run left to the disk is not to be paid by the next one.
  if (work.reset !== '') await onHosts(near, `${work.reset}\nsync`)
  const before = await sent?.()
  const measured = await measure(command)
  const after = await sent?.()
  return {...measured, sent: after === undefined || before === undefined ? undefined : after - before}
}

/** What is timed is the same for all: after each tool's run ours finds nothing left to do. Throws what it finds. */
async function agree({name, playbook}: Work, tool: Tool, {folder, places}: Scene): Promise<void> {
  const check = provisionCommand(folder, playbook, ['--check', '-f', String(places.length)])
  await measure(check).catch(error => {
    throw new Error(`${tool.name} left something of "${name}" to do`, {cause: error})
  })
}

/** The median of so many runs of one thing. */
export async function repeated(times: number, once: () => Promise<Measured>): Promise<Measured> {
  const runs: Run[] = []
  for (let time = 0; time < times; time++) runs.push({...(await once()), sent: undefined})
  return median(runs)
}

/** Each figure's own median. */
function median(runs: readonly Run[]): Run {
  const middle = (pick: (run: Run) => number) => {
    const sorted = runs.map(pick).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  }
  return {
    seconds: middle(run => run.seconds),
    cpuSeconds: middle(run => run.cpuSeconds),
    megabytes: middle(run => run.megabytes),
    sent: runs[0]?.sent === undefined ? undefined : middle(run => run.sent ?? 0),
  }
}

function line({work, tool, hosts, roundTrip, seconds, cpuSeconds, megabytes, sent}: Result): string {
  const bytes = sent === undefined ? '' : `, ${(sent / 1000).toFixed(0)} kB sent`
  return `${work}, ${hosts} host(s), ${roundTrip} ms: ${tool} ${seconds.toFixed(2)} s, CPU ${cpuSeconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB${bytes}`
}
