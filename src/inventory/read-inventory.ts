import {readFile} from 'node:fs/promises'
import {extname} from 'node:path'
import {ConfigError, type Source} from '../errors.ts'
import {circle} from './family.ts'
import {adoptOrphans, type Groups} from './groups.ts'
import {groupsOfYaml} from './yaml-inventory.ts'

type Format = (text: string, file: string) => Groups

/** One reader per format; what is not here falls through to YAML. */
const formats: {readonly [extension: string]: Format} = {
  '.yml': groupsOfYaml,
  '.yaml': groupsOfYaml,
  '.json': groupsOfYaml,
}

/** Reads an inventory file of any format that we know. Throws ConfigError. */
export async function readInventory(file: string): Promise<Groups> {
  const source = {file, line: 1, column: 1}
  const text = await readText(file, source)
  const format = formats[extname(file)] ?? (extname(file) !== '.ini' && isYaml(text) ? groupsOfYaml : undefined)
  if (!format)
    throw new ConfigError([
      {source, message: 'this inventory format is not supported yet', expected: 'an inventory in YAML (.yml)'},
    ])
  const found = format(text, file)
  adoptOrphans(found)
  const names = circle(found)
  if (names) throw new ConfigError([{source, message: `groups contain each other in a circle: ${names.join(' -> ')}`}])
  return found
}

async function readText(file: string, source: Source): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined
    throw new ConfigError([{source, message: `the inventory ${reason ?? `cannot be read: ${String(error)}`}`}])
  }
}

const reasons: {readonly [code: string]: string} = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder: folders of inventories are not supported yet',
  EACCES: 'cannot be read: permission denied',
}

function isYaml(text: string): boolean {
  return !text.startsWith('#!') && !/^\s*\[[^\]]+\]\s*$/m.test(text)
}
