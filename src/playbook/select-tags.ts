import {UsageError} from '../errors.ts'
import {didYouMean} from '../nearest.ts'
import type {Entry, Included, Play} from '../play.ts'
import {hasInclude} from './walk.ts'

/** What `--tags` and `--skip-tags` ask for; nothing means everything. */
export type TagSelection = {readonly tags: readonly string[]; readonly skipTags: readonly string[]}

const special = ['all', 'always', 'never', 'tagged', 'untagged']

/**
 * Keeps what has one of the tags and none of those to skip; `always` and `never` mean what they mean in Ansible. Handlers stay.
 * Throws UsageError for a tag that nothing has.
 */
export function selectTags(plays: readonly Play[], selection: TagSelection): readonly Play[] {
  const {tags, skipTags} = selection
  if (tags.length + skipTags.length > 0) checkTags(plays, [...tags, ...skipTags])
  return plays.map(play => ({...play, entries: selected(play.entries, selection)}))
}

/** All tags of some entries, sorted. */
export function tagsOf(entries: readonly Entry[]): readonly string[] {
  return [...new Set(entries.flatMap(ownTags))].toSorted()
}

function checkTags(plays: readonly Play[], wanted: readonly string[]): void {
  const entries = plays.flatMap(play => play.entries)
  // What an include brings, and with which tags, is known only when the run gets there.
  if (hasInclude(entries)) return
  const known = tagsOf(entries).filter(tag => !special.includes(tag))
  const unknown = wanted.find(tag => !special.includes(tag) && !known.includes(tag))
  if (unknown === undefined) return
  const hint =
    didYouMean(unknown, known) ?? (known.length > 0 ? `Tags here: ${known.join(', ')}` : 'Nothing here has tags.')
  throw new UsageError(`nothing in the playbook has the tag "${unknown}"`, hint)
}

function ownTags(entry: Entry): readonly string[] {
  if (entry.kind === 'block') return tagsOf([...entry.block, ...entry.rescue, ...entry.always])
  return entry.tags
}

function selected(entries: readonly Entry[], selection: TagSelection): readonly Entry[] {
  return entries.flatMap((entry): readonly Entry[] => {
    if (entry.kind === 'block') return block(entry, selection)
    if (!runs(entry, selection)) return []
    if (entry.kind !== 'include') return [entry]
    return [{...entry, load: async render => selectedOf(await entry.load(render), selection)}]
  })
}

function selectedOf(included: Included, selection: TagSelection): Included {
  return {...included, entries: selected(included.entries, selection)}
}

function block(entry: Entry & {readonly kind: 'block'}, selection: TagSelection): readonly Entry[] {
  const [main, rescue, always] = [entry.block, entry.rescue, entry.always].map(part => selected(part, selection))
  if (!main?.length && !always?.length) return []
  return [{...entry, block: main ?? [], rescue: rescue ?? [], always: always ?? []}]
}

function runs(entry: Exclude<Entry, {kind: 'block'}>, {tags, skipTags}: TagSelection): boolean {
  if (entry.kind === 'meta' && entry.action === 'flush_handlers' && entry.tags.includes('always')) return true
  return isWanted(entry.tags, tags.length > 0 ? tags : ['all']) && !isSkipped(entry.tags, skipTags)
}

function isWanted(own: readonly string[], wanted: readonly string[]): boolean {
  if (own.includes('always')) return true
  if (own.some(tag => wanted.includes(tag))) return true
  if (own.includes('never')) return false
  return wanted.includes('all') || wanted.includes(own.length > 0 ? 'tagged' : 'untagged')
}

function isSkipped(own: readonly string[], skipped: readonly string[]): boolean {
  if (own.some(tag => skipped.includes(tag))) return true
  if (own.includes('always')) return false
  return skipped.includes('all') || skipped.includes(own.length > 0 ? 'tagged' : 'untagged')
}
