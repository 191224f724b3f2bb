import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {type Hosts, makeHosts} from './hosts.ts'
import {installOthers} from './install.ts'
import {measureSetting, type Result, type Setting} from './matrix.ts'
import {writeWork} from './plays/write-work.ts'
import {measureScale} from './scale.ts'
import {quick, scales, whole} from './settings.ts'
import {measureSite} from './site.ts'
import {resultTable, scaleTable, wantedTable} from './table.ts'
import {judge} from './wanted.ts'
import {writeFigures} from './write-docs.ts'

const {values} = parseArgs({
  options: {
    quick: {type: 'boolean', default: false},
    scale: {type: 'boolean', default: false},
    hosts: {type: 'string', default: '1,10,30'},
    rtt: {type: 'string', default: '0,20,100'},
  },
})
process.exitCode = (await bench(values)) ? 0 : 1

/** Measures, prints, judges, and writes the figures into docs/. Says whether all that is wanted holds. */
async function bench(part: {quick: boolean; scale: boolean; hosts: string; rtt: string}): Promise<boolean> {
  const settings = part.quick ? quick : whole(numbers(part.hosts, 1), numbers(part.rtt, 0))
  const results = part.scale ? [] : [...(await measureSite(3, say)), ...(await onThrowawayHosts(settings))]
  const scale = await measureScale(part.quick ? scales.quick : scales.whole, say)
  const judged = judge(results, scale)
  const figures = [resultTable(results), wantedTable(judged)].join('\n\n')
  say(`\n${[figures, scaleTable(scale)].join('\n\n')}\n`)
  if (!part.scale) writeFigures('benchmarks.md', part.quick ? 'npm run bench -- --quick' : 'npm run bench', figures)
  if (!part.quick) writeFigures('scale.md', 'npm run bench', scaleTable(scale))
  return judged.every(({holds}) => holds)
}

function numbers(list: string, least: number): readonly number[] {
  return list.split(',').map(text => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text)
    throw new Error(`numbers from ${least}, such as 1,10, are wanted: ${JSON.stringify(text)} is none`)
  })
}

async function onThrowawayHosts(settings: readonly Setting[]): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const names = Array.from({length: Math.max(...settings.map(setting => setting.hosts))}, (_, n) => `bench${n + 1}`)
  // Debian 12, because Debian's mitogen knows no later Python.
  const hosts = await makeHosts({names, release: 'bookworm'}, say)
  try {
    const others = settings.filter(({tools}) => tools.length > 1)
    await installOthers(hosts, Math.max(...others.map(setting => setting.hosts)), say)
    writeWork(folder)
    return await measureAll(settings, hosts, folder)
  } finally {
    await hosts.remove()
    rmSync(folder, {recursive: true})
  }
}

async function measureAll(settings: readonly Setting[], hosts: Hosts, folder: string): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const setting of settings) results.push(...(await measureSetting(setting, hosts, folder, say)))
  return results
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
