import {readFileSync, writeFileSync} from 'node:fs'
import {cpus, release, totalmem} from 'node:os'
import {join} from 'node:path'
import {packageRoot} from '../src/package-root.ts'

/** Puts figures into a page in docs/, between the mark of the command that gives them and the next end, after what machine they are of. */
export function writeFigures(page: string, command: string, figures: string): void {
  rewrite(page, command, () => `${machine()}\n\n${figures}`)
}

/** Puts a setting's table under a heading of its own among those of a command. Its lines take the place of older ones of the same works; all others stay, after the day and the machine that they are of. Titles with smaller numbers come first. */
export function writePart(page: string, command: string, title: string, table: string): void {
  rewrite(page, command, old => {
    const parts = old.split(/^(?=### )/m).filter(part => part.startsWith('### '))
    const [before = ''] = parts.filter(part => part.startsWith(`### ${title}\n`))
    const others = parts.filter(part => part !== before).map(part => part.trim())
    return [...others, [`### ${title}`, ...renewed(before, table)].join('\n\n')].sort(byNumbers).join('\n\n')
  })
}

/** The tables under a heading, one for each day and machine, after a new one is added. */
function renewed(section: string, table: string): readonly string[] {
  const works = new Set(rows(table).map(workOf))
  const kept = section
    .split(/^(?=Measured on )/m)
    .slice(1)
    .map(part => part.split('\n').filter(line => !works.has(workOf(line))))
    .map(lines => lines.join('\n').trim())
    .filter(part => rows(part).length > 0)
  const sameDay = kept.find(part => part.startsWith(machine()))
  if (!sameDay) return [...kept, `${machine()}\n\n${table}`]
  return kept.map(part => (part === sameDay ? [part, ...rows(table)].join('\n') : part))
}

/** The lines of a Markdown table below its head. */
function rows(text: string): readonly string[] {
  return text
    .split('\n')
    .filter(line => line.startsWith('| '))
    .slice(2)
}

function workOf(row: string): string | undefined {
  return row.split(' | ')[0]
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
