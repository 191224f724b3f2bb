import {readFileSync, writeFileSync} from 'node:fs'
import {cpus, release, totalmem} from 'node:os'
import {join} from 'node:path'
import {packageRoot} from '../src/package-root.ts'

/** Puts figures into a page in docs/, between the mark of the command that gives them and the next end, after what machine they are of. */
export function writeFigures(page: string, command: string, figures: string): void {
  rewrite(page, command, () => `${machine()}\n\n${figures}`)
}

/** Puts figures under a heading of their own among those of a command, in place of older ones of the same title; the others stay. Titles with smaller numbers come first. */
export function writePart(page: string, command: string, title: string, figures: string): void {
  rewrite(page, command, old => {
    const parts = old.split(/^(?=### )/m).filter(part => part.startsWith('### ') && !part.startsWith(`### ${title}\n`))
    const all = [...parts.map(part => part.trim()), `### ${title}\n\n${machine()}\n\n${figures}`]
    return all.sort(byNumbers).join('\n\n')
  })
}

function rewrite(page: string, command: string, renewed: (old: string) => string): void {
  const [begin, end] = [`<!-- figures: written by ${command} -->`, '<!-- end of the figures -->']
  const file = join(packageRoot, 'docs', page)
  const text = readFileSync(file, 'utf8')
  const before = text.indexOf(begin)
  const after = text.indexOf(end, before)
  if (before < 0 || after < 0) throw new Error(`${file} has no place for figures`)
  const figures = renewed(text.slice(before + begin.length, after))
  writeFileSync(file, `${text.slice(0, before)}${begin}\n\n${figures}\n\n${text.slice(after)}`)
}

function byNumbers(one: string, other: string): number {
  return one.localeCompare(other, 'en', {numeric: true})
}

function machine(): string {
  const processors = cpus()
  const day = new Date().toISOString().slice(0, 10)
  return `Measured on ${day}: ${processors.length} × ${processors[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.version}.`
}
