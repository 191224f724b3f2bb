import {ConfigError, type Source} from '../errors.ts'
import type {Entry, Play} from '../play.ts'
import {hasTemplate} from '../value.ts'

/** The plays, by the place of their `hosts`, before which something may add hosts and groups: what these name need not be there yet. */
export async function laterPlays(plays: readonly Play[]): Promise<ReadonlySet<Source>> {
  const later = new Set<Source>()
  let grows = false
  for (const play of plays) {
    if (grows) later.add(play.hostsSource)
    grows ||= await mayGrow([...play.entries, ...play.handlers], 0)
  }
  return later
}

/** Files that include each other are followed so deep. */
const deepest = 5

async function mayGrow(entries: readonly Entry[], depth: number): Promise<boolean> {
  for (const entry of entries) if (await growsBy(entry, depth)) return true
  return false
}

async function growsBy(entry: Entry, depth: number): Promise<boolean> {
  if (entry.kind === 'task') return entry.module.kind === 'controller' && entry.module.grows
  if (entry.kind === 'meta') return entry.action === 'refresh_inventory'
  if (entry.kind === 'block') return mayGrow([...entry.block, ...entry.rescue, ...entry.always], depth)
  if (depth >= deepest) return true
  let isKnown = true
  const asWritten = (text: string) => {
    isKnown &&= !hasTemplate(text)
    return text
  }
  try {
    const {entries, handlers} = await entry.load(asWritten)
    if (!isKnown) return true
    return await mayGrow([...entries, ...handlers], depth + 1)
  } catch (error) {
    // What is wrong in it is told when the run gets there.
    if (error instanceof ConfigError) return !isKnown
    throw error
  }
}
