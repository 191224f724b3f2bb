import {ConfigError, type Source} from '../errors.ts'
import type {Addition} from '../module.ts'
import {circle, membersOf} from './family.ts'
import {gather} from './gather.ts'
import {addGroup, addHost, adoptOrphans, type Groups} from './groups.ts'
import {inventoryOf, type LoadedInventory, readOrigins} from './inventory.ts'
import {type NamedVars, readNamedVars} from './named-vars.ts'
import {valuesOf} from './variable.ts'

/** What a task adds, and for which host and where it stands. */
type Added = {readonly addition: Addition; readonly host: string; readonly source: Source}

type Origins = Awaited<ReturnType<typeof readOrigins>>

/** An inventory that may grow while a run goes. */
export class LiveInventory {
  readonly #read: () => Promise<Origins>
  readonly #added: Added[] = []
  #origins: Origins
  #now: LoadedInventory
  /** Another one after each change. */
  version = 0
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(read: () => Promise<Origins>, origins: Origins) {
    this.#read = read
    this.#origins = origins
    this.#now = inventoryOf(origins)
  }

  /** Reads it. Throws ConfigError. */
  static async load(
    given: readonly string[],
    playbookFolders: readonly string[],
    sealed: readonly NamedVars[],
  ): Promise<LiveInventory> {
    const read = () => readOrigins(given, playbookFolders, sealed)
    return new LiveInventory(read, await read())
  }

  /** The inventory as it is now. */
  get now(): LoadedInventory {
    return this.#now
  }

  /** Adds what a task adds; says whether that is new. Throws ConfigError when groups would contain each other. */
  add(addition: Addition, host: string, source: Source): Promise<boolean> {
    return this.#inTurn(async () => {
      const added = {addition, host, source}
      const changed = put(added, this.#origins.found)
      this.#added.push(added)
      if (changed) await this.#rebuild()
      return changed
    })
  }

  /** Reads it again; what tasks added stays. Throws ConfigError. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      this.#origins = await this.#read()
      for (const added of this.#added) put(added, this.#origins.found)
      await this.#rebuild()
    })
  }

  /** New groups and hosts may have variables beside the inventory. */
  async #rebuild(): Promise<void> {
    const {found, folders} = this.#origins
    adoptOrphans(found)
    const beside = await gather(folders.map(folder => readNamedVars(folder, found)))
    this.#origins = {...this.#origins, beside}
    this.#now = inventoryOf(this.#origins)
    this.version++
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => {})
    return done
  }
}

function put({addition, host, source}: Added, found: Groups): boolean {
  return addition.kind === 'host' ? putHost(addition, source, found) : putGroup(addition, host, source, found)
}

function putHost({name, groups, vars}: Addition & {readonly kind: 'host'}, source: Source, found: Groups): boolean {
  const before = found.hosts.get(name)
  const old = valuesOf(before?.vars ?? [])
  const news = Object.entries(vars).filter(([key, value]) => JSON.stringify(old[key]) !== JSON.stringify(value))
  const said = {source, vars: news.map(([key, value]) => ({name: key, value, source}))}
  const joins = groups.filter(group => !found.groups.get(group)?.hosts.has(name))
  const into = joins.length > 0 || before ? joins : ['ungrouped']
  for (const [index, group] of into.entries())
    addHost(found, addGroup(found, group, source), name, index === 0 ? said : {source, vars: []})
  if (into.length === 0) before?.vars.push(...said.vars)
  return before === undefined || news.length > 0 || joins.length > 0
}

function putGroup(
  {name, parents}: Addition & {readonly kind: 'group'},
  host: string,
  source: Source,
  found: Groups,
): boolean {
  const group = addGroup(found, name, source)
  const above = parents.map(parent => addGroup(found, parent, source))
  const news = above.filter(parent => !parent.children.has(name) && parent !== found.groups.get('all'))
  for (const parent of news) parent.children.add(name)
  if (circle(found)) {
    for (const parent of news) parent.children.delete(name)
    throw new ConfigError([{source, message: `the group ${name} cannot be in ${parents.join(', ')}, which is in it`}])
  }
  const joins = found.hosts.has(host) && !membersOf(found)[name]?.includes(host)
  if (joins) group.hosts.add(host)
  return joins || news.length > 0
}
