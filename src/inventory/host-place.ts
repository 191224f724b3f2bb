import {readFileSync} from 'node:fs'
import type {Source} from '../errors.ts'
import {parseYaml, type YamlNode} from '../yaml.ts'
import {expandRange} from './range.ts'

/** Where an inventory that was read before names a host; its first line where it does not. */
export function placeOfHost(file: string, host: string): Source {
  return inNode(parseYaml(readFileSync(file, 'utf8'), file), host) ?? {file, line: 1, column: 1}
}

function inNode(node: YamlNode, host: string): Source | undefined {
  if (node.kind !== 'map') return undefined
  const hosts = node.entries.find(entry => entry.key === 'hosts')?.value
  const own = hosts?.kind === 'map' ? hosts.entries.find(entry => expandRange(entry.key).includes(host)) : undefined
  if (own) return own.source
  for (const entry of node.entries) {
    const place = entry.key === 'vars' ? undefined : inNode(entry.value, host)
    if (place) return place
  }
  return undefined
}
