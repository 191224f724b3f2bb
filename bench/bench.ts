import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {chosen} from './chosen.ts'
import {makeHosts} from './hosts.ts'
import {installOthers} from './install.ts'
import {measureSetting, type Result, type Setting} from './matrix.ts'
import {writeDeploys} from './plays/write-pyinfra.ts'
import {writeWork} from './plays/write-work.ts'
import {measureScale} from './scale.ts'
import {type Course, isNearest, quick} from './settings.ts'
import {measureSite} from './site.ts'
import {resultTable, resultTables, scaleTable, titleOf, wantedTable} from './table.ts'
import {judge} from './wanted.ts'
import {writeFigures, writePart} from './write-docs.ts'

process.exitCode = (await bench(await chosen())) ? 0 : 1

/** Measures, prints, judges, and writes the figures into docs/. Says whether all that is wanted holds. */
async function bench(course: Course): Promise<boolean> {
  const site = course.site ? await measureSite(course === quick ? 1 : 3, say) : []
  const results = course.settings.length > 0 ? await measureAll(course, site) : []
  const scale = course.scales.length > 0 ? await measureScale(course.scales, say) : []
  const judged = judge(results, scale)
  const figures = [resultTables(results), wantedTable(judged)].join('\n\n')
  say(`\n${figures}\n`)
  if (scale.length > 0) say(`${scaleTable(scale)}\n`)
  if (course === quick) writeFigures('benchmarks.md', 'npm run bench -- --quick', figures)
  else if (scale.length > 0) writeFigures('scale.md', 'npm run bench', scaleTable(scale))
  return judged.every(({holds}) => holds)
}

async function measureAll(course: Course, site: readonly Result[]): Promise<readonly Result[]> {
  const {settings} = course
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
      const keep = course === quick ? () => {} : (found: readonly Result[]) => write(setting, [...first, ...found])
      results.push(...first, ...(await measureSetting(setting, hosts, folder, {say, keep})))
    }
    return results
  } finally {
    await hosts.remove()
    rmSync(folder, {recursive: true})
  }
}

/** Writes what was measured of one setting so far: the next work may take half an hour. */
function write(setting: Setting, results: readonly Result[]): void {
  writePart('benchmarks.md', 'npm run bench', titleOf(setting), resultTable(results))
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
