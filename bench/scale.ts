import {spawn} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir, userInfo} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'
import {run} from '../src/sandbox/local-command.ts'
import {type Measured, measure} from './measure.ts'
import {writePlaces} from './plays/write-work.ts'
import type {Place} from './scene.ts'
import {provisionCommand} from './tools/provision.ts'

/** So many tasks on so many hosts. */
export type Load = {readonly hosts: number; readonly tasks: number}

/** A no-op of so many tasks on so many simulated hosts. */
export type ScaleResult = Measured & Load

/**
 * Measures no-ops on simulated hosts, with as many at once as by default. They are SSH servers of this
 * machine with its own sh behind each, so that only the controller's CPU and memory say something of real ones.
 */
export async function measureScale(
  loads: readonly Load[],
  say: (line: string) => void,
): Promise<readonly ScaleResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-scale-'))
  const servers = await openServers(Math.max(...loads.map(({hosts}) => hosts)))
  const keyFile = join(folder, 'key')
  try {
    await run`ssh-keygen -q -t ed25519 -N '' -f ${keyFile}`
    const results: ScaleResult[] = []
    for (const {hosts, tasks} of loads) {
      writePlay(folder, tasks)
      writePlaces({folder, keyFile, user: userInfo().username, places: servers.places.slice(0, hosts)})
      const result = {hosts, tasks, ...(await measure(provisionCommand(folder, 'scale.yml', ['-T', '60'])))}
      say(
        `${tasks} tasks on ${hosts} simulated host(s): ${result.seconds.toFixed(1)} s, CPU ${result.cpuSeconds.toFixed(1)} s, ${result.megabytes.toFixed(0)} MB`,
      )
      results.push(result)
    }
    return results
  } finally {
    servers.close()
    rmSync(folder, {recursive: true})
  }
}

function writePlay(folder: string, count: number): void {
  const places = Array.from({length: count}, (_, n) => join(folder, `part${n}`))
  for (const path of places) mkdirSync(path, {recursive: true})
  const tasks = places.map(path => ({file: {path, state: 'directory'}}))
  writeFileSync(join(folder, 'scale.yml'), JSON.stringify([{hosts: 'all', gather_facts: false, tasks}]))
}

async function openServers(count: number): Promise<{readonly places: readonly Place[]; readonly close: () => void}> {
  const program = fileURLToPath(new URL('ssh-hosts.js', import.meta.url))
  const servers = spawn(process.execPath, [program, String(count)], {stdio: ['pipe', 'pipe', 'inherit']})
  const line = await createInterface({input: servers.stdout})[Symbol.asyncIterator]().next()
  const {ports, key}: {ports: number[]; key: string} = JSON.parse(String(line.value))
  const places = ports.map((port, n) => ({name: `host${n + 1}`, address: '127.0.0.1', port, keys: [key.trim()]}))
  return {places, close: () => void servers.stdin.end()}
}
