import {existsSync} from 'node:fs'
import {UsageError} from '../errors.ts'
import {addGroup, addHost, type Groups} from './groups.ts'
import {type HostPattern, readHostPattern} from './host-pattern.ts'

/** Whether an inventory is a list of hosts itself, `web1,web2` or `web1,`, and no path. */
export function isHostList(source: string): boolean {
  return source.includes(',') && !existsSync(source)
}

/** Reads a list of hosts, each with its port if it says one. Throws UsageError. */
export function readHostList(list: string, found: Groups): void {
  const source = {file: list, line: 1, column: 1}
  const words = list.split(',').map(word => word.trim())
  for (const word of words.filter(word => word !== '')) {
    const {names, port} = hostPattern(word)
    for (const name of names)
      if (!found.hosts.has(name)) addHost(found, addGroup(found, 'ungrouped'), name, {source, vars: [], port})
  }
}

function hostPattern(word: string): HostPattern {
  try {
    return readHostPattern(word)
  } catch (error) {
    throw new UsageError(`--inventory: ${error instanceof Error ? error.message : String(error)}`)
  }
}
