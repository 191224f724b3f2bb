import {readdirSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path/posix'
import {fileURLToPath} from 'node:url'

/** One import of a source file; `from` and `to` are paths in src/, `to` a package's name where it is not ours. */
export type Import = {
  readonly from: string
  readonly to: string
  readonly kind: 'type' | 'value'
  readonly isOurs: boolean
}

/** A file of src/: its path there and its text. */
export type SourceFile = {readonly path: string; readonly text: string}

/** Every TypeScript file of src/. */
export function sourceFiles(): readonly SourceFile[] {
  const folder = fileURLToPath(new URL('../src/', import.meta.url))
  const paths = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(path => path.endsWith('.ts'))
  return paths.sort().map(path => ({path, text: readFileSync(join(folder, path), 'utf8')}))
}

/** What a file imports, by import, export-from, import() and typeof import(); node's own modules are left out. */
export function importsOf({path, text}: SourceFile): readonly Import[] {
  return [...text.matchAll(statement), ...text.matchAll(call)]
    .map(({groups}) => ({type: groups?.type, target: groups?.target ?? ''}))
    .filter(({target}) => !target.startsWith('node:'))
    .map(({type, target}) => {
      const isOurs = target.startsWith('.')
      const to = isOurs ? join(dirname(path), target) : packageName(target)
      return {from: path, to, kind: type ? 'type' : 'value', isOurs}
    })
}

/** A statement at the start of a line, where the formatter puts it. With verbatimModuleSyntax only `import type` leaves no trace at run time. */
const statement = /^(?:import|export)\b(?<type> type\b(?! from\b))?(?:[^'";=()]*? from)? '(?<target>[^']+)'/gm
const call = /(?<type>typeof )?\bimport\(\s*'(?<target>[^']+)'/g

function packageName(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')
}
