import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {parseArgs} from 'node:util'
import {makeHosts} from './hosts.ts'
import {installOthers} from './install.ts'
import {measureSetting, type Result, type Setting} from './matrix.ts'
import {writeDeploys} from './plays/write-pyinfra.ts'
import {writeWork} from './plays/write-work.ts'
import {measureScale, type ScaleResult} from './scale.ts'
import {quick, scales, whole} from './settings.ts'
import {measureSite} from './site.ts'
import {resultTable, resultTables, scaleTable, titleOf, wantedTable} from './table.ts'
import {pyinfraHere} from './tools/pyinfra.ts'
import {judge} from './wanted.ts'
import {writeFigures, writePart} from './write-docs.ts'

const {values} = parseArgs({
  options: {
    quick: {type: 'boolean', default: false},
    scale: {type: 'boolean', default: false},
    hosts: {type: 'string', default: '1,10,30'},
    rtt: {type: 'string', default: '0,20,100'},
  },
})
process.exitCode = (await bench(values)) ? 0 : 1

type Part = {readonly quick: boolean; readonly scale: boolean; readonly hosts: string; readonly rtt: string}

/** Measures, prints, judges, and writes the figures into docs/. Says whether all that is wanted holds. */
async function bench(part: Part): Promise<boolean> {
  const settings = part.quick ? quick : whole(numbers(part.hosts, 1), numbers(part.rtt, 0), await pyinfraHere())
  const results = part.scale ? [] : await measureAll(settings, part.quick ? () => {} : keep)
  const scale = await measureScale(part.quick ? scales.quick : scales.whole, say)
  if (!part.quick) writeFigures('scale.md', 'npm run bench', scaleTable(scale))
  return told(results, scale, part)
}

function told(results: readonly Result[], scale: readonly ScaleResult[], part: Part): boolean {
  const judged = judge(results, scale)
  const figures = [resultTables(results), wantedTable(judged)].join('\n\n')
  say(`\n${figures}\n\n${scaleTable(scale)}\n`)
  if (part.quick) writeFigures('benchmarks.md', 'npm run bench -- --quick', figures)
  return judged.every(({holds}) => holds)
}

/** Writes what was measured of one setting so far: the next work may take half an hour. */
function keep(results: readonly Result[]): void {
  const [first] = results
  if (!first) return
  const judged = judge(results, [])
  const figures = [resultTable(results), ...(judged.length > 0 ? [wantedTable(judged)] : [])].join('\n\n')
  writePart('benchmarks.md', 'npm run bench', titleOf(first), figures)
}

function numbers(list: string, least: number): readonly number[] {
  return list.split(',').map(text => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text)
    throw new Error(`numbers from ${least}, such as 1,10, are wanted: ${JSON.stringify(text)} is none`)
  })
}

type Keep = (results: readonly Result[]) => void

async function measureAll(settings: readonly Setting[], keep: Keep): Promise<readonly Result[]> {
  const site = settings.some(isNearest) ? await measureSite(3, say) : []
  const names = Array.from({length: Math.max(...settings.map(setting => setting.hosts))}, (_, n) => `bench${n + 1}`)
  // Debian 12, because Debian's mitogen knows no later Python.
  const hosts = await makeHosts({names, release: 'bookworm'}, say)
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const others = settings.filter(({tools}) => tools.length > 1)
    await installOthers(hosts, Math.max(...others.map(setting => setting.hosts)), say)
    writeWork(folder)
    writeDeploys(folder)
    const results: Result[] = []
    for (const setting of settings) {
      const first = setting === settings.find(isNearest) ? site : []
      const keepAll = (found: readonly Result[]) => keep([...first, ...found])
      results.push(...first, ...(await measureSetting(setting, hosts, folder, {say, keep: keepAll})))
    }
    return results
  } finally {
    await hosts.remove()
    rmSync(folder, {recursive: true})
  }
}

/** Where the site's figures belong. */
function isNearest({hosts, roundTrip}: Setting): boolean {
  return hosts === 1 && roundTrip === 0
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
