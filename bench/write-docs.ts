import {readFileSync, writeFileSync} from 'node:fs'
import {cpus, release, totalmem} from 'node:os'
import {join} from 'node:path'
import {packageRoot} from '../src/package-root.ts'

/** Puts figures into a page in docs/, between the mark of the command that gives them and the next end, after what machine they are of. */
export function writeFigures(page: string, command: string, figures: string): void {
  const [begin, end] = [`<!-- figures: written by ${command} -->`, '<!-- end of the figures -->']
  const file = join(packageRoot, 'docs', page)
  const text = readFileSync(file, 'utf8')
  const before = text.indexOf(begin)
  const after = text.indexOf(end, before)
  if (before < 0 || after < 0) throw new Error(`${file} has no place for figures`)
  writeFileSync(file, `${text.slice(0, before)}${begin}\n\n${machine()}\n\n${figures}\n\n${text.slice(after)}`)
}

function machine(): string {
  const processors = cpus()
  const day = new Date().toISOString().slice(0, 10)
  return `Measured on ${day}: ${processors.length} × ${processors[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.version}.`
}
