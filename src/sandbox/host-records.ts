import {mkdir, readdir, readFile, rename, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {type HostRecord, parseHostRecord} from './host-record.ts'
import {hostFolder, stateFolder} from './places.ts'

/** Every host that has a disk, running or not, by name. */
export async function readHostRecords(): Promise<HostRecord[]> {
  const records = await Promise.all((await hostNames()).map(readHostRecord))
  return records.filter(record => record !== undefined)
}

/** Names of all folders of hosts, also of those whose making was cut off. */
export async function hostNames(): Promise<string[]> {
  return (await namesIn(join(stateFolder, 'hosts'))).sort()
}

/** Writes a host down; from then on its address is taken. */
export async function writeHostRecord(record: HostRecord): Promise<void> {
  await mkdir(hostFolder(record.name), {recursive: true})
  const file = recordFile(record.name)
  await writeFile(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`)
  await rename(`${file}.new`, file)
}

/** The record of a host; undefined when there is none; throws UsageError when it is damaged. */
export async function readHostRecord(name: string): Promise<HostRecord | undefined> {
  const text = await readFile(recordFile(name), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : parseHostRecord(text, recordFile(name))
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}

function recordFile(name: string): string {
  return join(hostFolder(name), 'host.json')
}
