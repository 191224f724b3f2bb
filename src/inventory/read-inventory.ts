import {constants} from 'node:fs'
import {access, readdir, readFile, stat} from 'node:fs/promises'
import {extname, join} from 'node:path'
import {ConfigError, type Problem, type Source} from '../errors.ts'
import {parseYaml} from '../yaml.ts'
import {circle} from './family.ts'
import {adoptOrphans, type Groups, noGroups} from './groups.ts'
import {isHostList, readHostList} from './host-list.ts'
import {readIniInventory} from './ini-inventory.ts'
import {readProgramInventory} from './program-inventory.ts'
import {readYamlInventory} from './yaml-inventory.ts'

/** Reads inventories of any format into one: files, programs, folders of both, `web1,web2,`; later ones win. Throws ConfigError. */
export async function readInventory(sources: readonly string[]): Promise<Groups> {
  const found = noGroups()
  const problems: Problem[] = []
  for (const source of sources) problems.push(...(await problemsOf(readSource(source, found))))
  if (problems.length > 0) throw new ConfigError(problems)
  adoptOrphans(found)
  refuseCircle(found)
  return found
}

/** Whether an inventory is a folder of inventories. Throws ConfigError where nothing is. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    throw unreadable(error, {file: path, line: 1, column: 1})
  }
}

async function readSource(source: string, found: Groups): Promise<void> {
  if (isHostList(source)) return readHostList(source, found)
  const place = {file: source, line: 1, column: 1}
  if (await isFolder(source)) return readFolder(source, found)
  return readOne(source, place, found)
}

/** What Ansible leaves out of a folder, and where secrets are kept. */
const ignored =
  /^\.|^(?:host_vars|group_vars|vars_plugins|secrets)$|(?:\.pyc|\.pyo|\.swp|\.bak|~|\.rpm|\.md|\.txt|\.rst|\.orig|\.ini|\.cfg|\.retry|\.age)$/

async function readFolder(folder: string, found: Groups): Promise<void> {
  const names = (await readdir(folder)).filter(name => !ignored.test(name)).toSorted()
  const problems: Problem[] = []
  for (const name of names) problems.push(...(await problemsOf(readSource(join(folder, name), found))))
  if (problems.length > 0) throw new ConfigError(problems)
}

async function readOne(file: string, place: Source, found: Groups): Promise<void> {
  const text = await readText(file, place)
  if (/^(?:#!|\x7fELF)/.test(text) && (await isExecutable(file))) return readProgramInventory(file, found)
  if (text.startsWith('#!'))
    throw wrong(place, 'the inventory is a program that may not be executed', `chmod +x ${file}`)
  if (extname(file) === '.toml') throw wrong(place, 'inventories in TOML are not supported', 'INI, YAML or a program')
  return isYaml(file, text) ? readYamlInventory(text, file, found) : readIniInventory(text, file, found)
}

/** A file without an ending is YAML if it is a map in YAML, or means to be one. */
function isYaml(file: string, text: string): boolean {
  const ending = extname(file)
  if (ending !== '') return ['.yml', '.yaml', '.json'].includes(ending)
  if (/^\s*\[[^\]]*\]\s*(?:#.*)?$/m.test(text)) return false
  try {
    return parseYaml(text, file).kind === 'map'
  } catch {
    return /^(?:---|[\w.-]+:)\s*(?:#.*)?$/m.test(text)
  }
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}

async function readText(file: string, place: Source): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw unreadable(error, place)
  }
}

function unreadable(error: unknown, place: Source): ConfigError {
  const reason = error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined
  return new ConfigError([{source: place, message: `the inventory ${reason ?? `cannot be read: ${String(error)}`}`}])
}

const reasons: {readonly [code: string]: string} = {
  ENOENT: 'does not exist',
  EACCES: 'cannot be read: permission denied',
}

function refuseCircle(found: Groups): void {
  const names = circle(found)
  if (!names) return
  const source = names.map(name => found.groups.get(name)?.source).find(place => place !== undefined)
  const message = `groups contain each other in a circle: ${names.join(' -> ')}`
  throw new ConfigError([{source: source ?? {file: '', line: 1, column: 1}, message}])
}

async function problemsOf(reading: Promise<void>): Promise<readonly Problem[]> {
  try {
    await reading
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

function wrong(source: Source, message: string, expected: string): ConfigError {
  return new ConfigError([{source, message, expected}])
}
