import {readFileSync, writeFileSync} from 'node:fs'
import {cpus, release, totalmem} from 'node:os'
import {join} from 'node:path'
import {packageRoot} from '../src/package-root.ts'

const [begin, end] = ['<!-- figures: written by npm run bench -->', '<!-- end of the figures -->']

/** Puts figures between the two marks of a page in docs/, after what machine they are of. */
export function writeFigures(page: string, figures: string): void {
  const file = join(packageRoot, 'docs', page)
  const text = readFileSync(file, 'utf8')
  const [before, after] = [text.indexOf(begin), text.indexOf(end)]
  if (before < 0 || after < before) throw new Error(`${file} has no place for figures`)
  writeFileSync(file, `${text.slice(0, before)}${begin}\n\n${machine()}\n\n${figures}\n\n${text.slice(after)}`)
}

function machine(): string {
  const processors = cpus()
  const day = new Date().toISOString().slice(0, 10)
  return `Measured on ${day}: ${processors.length} × ${processors[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.version}.`
}
