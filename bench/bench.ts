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
import {resultTable, scaleTable, wantedTable} from './table.ts'
import {judge} from './wanted.ts'
import {writeFigures} from './write-docs.ts'

const {values} = parseArgs({options: {quick: {type: 'boolean', default: false}}})
process.exitCode = (await bench(values.quick)) ? 0 : 1

/** Measures, prints and judges; the whole benchmark also writes its figures into docs/. Says whether all that is wanted holds. */
async function bench(isQuick: boolean): Promise<boolean> {
  const results = await onThrowawayHosts(isQuick ? quick : whole)
  const scale = await measureScale(isQuick ? scales.quick : scales.whole, say)
  const judged = judge(results, scale)
  const figures = [resultTable(results), wantedTable(judged)].join('\n\n')
  say(`\n${[figures, scaleTable(scale)].join('\n\n')}\n`)
  if (!isQuick) {
    writeFigures('benchmarks.md', figures)
    writeFigures('scale.md', scaleTable(scale))
  }
  return judged.every(({holds}) => holds)
}

async function onThrowawayHosts(settings: readonly Setting[]): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const hosts = await makeHosts(Math.max(...settings.map(setting => setting.hosts)), say)
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
