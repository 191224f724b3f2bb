import {randomBytes} from 'node:crypto'
import {linkSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {didYouMean} from '../nearest.ts'
import {randomText} from '../secrets/random-text.ts'
import {TemplateError} from './template-error.ts'

/**
 * Reads the password that `PATH length=32 chars=ascii_letters,digits` names, or makes it: in a file of mode 0600, in a folder
 * of mode 0700. `/dev/null` keeps nothing. `find` makes an absolute path of PATH.
 */
export function password(term: string, find: (path: string) => string): string {
  const {path, length, kinds} = parse(term)
  if (path === '/dev/null') return randomText(length, kinds)
  const file = find(path)
  return read(file) ?? keep(file, randomText(length, kinds))
}

function parse(term: string): {path: string; length: number; kinds: readonly string[]} {
  const words = term.split(/\s+(?=\w+=)/)
  const options = words
    .slice(1)
    .map(word => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const)
  for (const [name] of options) checkOption(name)
  const {length = '20', chars = 'ascii_letters,digits,.,,,:,-,_'} = Object.fromEntries(options)
  if (!/^[1-9]\d*$/.test(length)) throw new Error(`password: length must be a whole number above 0, not "${length}"`)
  return {path: words[0] ?? '', length: Number(length), kinds: kindsOf(chars)}
}

function checkOption(name: string): void {
  if (['length', 'chars'].includes(name)) return
  throw new TemplateError(`password: there is no option "${name}"`, {suggestion: didYouMean(name, ['length', 'chars'])})
}

/** `,,` stands for a comma; every other word is a class or its own letters. */
function kindsOf(chars: string): readonly string[] {
  const words = chars
    .replace(',,', ',\0')
    .split(',')
    .map(word => word.replace('\0', ','))
  return words.filter(kind => kind !== '')
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trimEnd()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** A link is made only when nobody else was first, so that two runs end up with one password. */
function keep(file: string, value: string): string {
  mkdirSync(dirname(file), {recursive: true, mode: 0o700})
  const temporary = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(temporary, `${value}\n`, {mode: 0o600, flag: 'wx', flush: true})
  try {
    linkSync(temporary, file)
    return value
  } catch (error) {
    const other = read(file)
    if (other === undefined) throw error
    return other
  } finally {
    rmSync(temporary, {force: true})
  }
}
