import {readFile, rm, writeFile} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {stateFolder} from './places.ts'

/** What hosts need of the machine's kernel, each at least so much. */
const settings = [
  // They reach the network through this machine.
  {file: '/proc/sys/net/ipv4/ip_forward', least: 1},
  // A dozen systemds use up the 128 that a machine has as a rule, and the next ones boot half.
  {file: '/proc/sys/fs/inotify/max_user_instances', least: 4096},
]

/** Sets what hosts need of the kernel; the machine's own values are written down first. */
export async function raiseSettings(): Promise<void> {
  for (const {file, least} of settings) {
    const before = await readFile(file, 'utf8')
    // An older note stays: what is set now may be our own doing.
    await writeFile(noteOf(file), before, {flag: 'wx'}).catch(() => undefined)
    if (Number(before) < least) await writeFile(file, `${least}\n`)
  }
}

/** Puts the machine's own values back. */
export async function restoreSettings(): Promise<void> {
  for (const {file} of settings) {
    const before = await readFile(noteOf(file), 'utf8').catch(() => undefined)
    if (before !== undefined) await writeFile(file, before)
    await rm(noteOf(file), {force: true})
  }
}

function noteOf(file: string): string {
  return join(stateFolder, `${basename(file)}.before`)
}
