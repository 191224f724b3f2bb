import {basename, dirname, parse} from 'node:path'
import type {Generate} from '../../argument-spec/option.ts'
import {readDeclared} from '../../argument-spec/read-declared.ts'
import type {Value, Values} from '../../module.ts'
import type {Host, Play} from '../../play.ts'
import {count} from '../../report/words.ts'
import {withSecret} from '../../secrets/contents.ts'
import type {Keyring} from '../../secrets/keyring.ts'
import {randomText} from '../../secrets/random-text.ts'
import {sealedFileOfHost, shortPath} from './sealed-files.ts'

/** What is supplied to whom: the hosts of plays, which take secrets that nothing gives them yet. */
export type Supplied = {
  readonly playbook: string
  readonly plays: readonly Play[]
  readonly hosts: readonly Host[]
  readonly inventories: readonly string[]
  readonly extra: Values
  readonly keyring: Keyring
  /** Whether what is made is kept; a run that only looks forgets it. */
  readonly keep: boolean
}

/** Makes the inputs that are declared with `generate:` and that nothing says, and seals them before they are used. Throws UsageError. */
export async function supplySecrets(supplied: Supplied): Promise<ReadonlyMap<string, Values>> {
  const wanted = await wantedSecrets(supplied)
  if (wanted.length === 0) return new Map()
  if (!supplied.keep) return byHost(wanted.map(one => ({...one, value: made(one)})))
  const files = [...new Set(wanted.map(({file}) => file))]
  const kept: (Wanted & {readonly value: Value})[] = []
  for (const file of files)
    kept.push(
      ...(await seal(
        file,
        wanted.filter(one => one.file === file),
        supplied.keyring,
      )),
    )
  return byHost(kept)
}

type Wanted = {readonly host: string; readonly name: string; readonly generate: Generate; readonly file: string}

async function wantedSecrets({playbook, plays, hosts, inventories, extra}: Supplied): Promise<readonly Wanted[]> {
  const declared = await readDeclared(dirname(playbook), parse(basename(playbook)).name)
  const said = Object.assign({}, ...plays.map(({vars}) => vars), extra)
  return Object.entries(declared?.options ?? {}).flatMap(([name, {generate}]) => {
    if (!generate || Object.hasOwn(said, name)) return []
    const lacking = hosts.filter(host => !Object.hasOwn(host.vars, name))
    return lacking.map(host => ({host: host.name, name, generate, file: sealedFileOfHost(host, inventories)}))
  })
}

/** Under the file's lock: another run may have made them meanwhile, and then these hold. */
async function seal(file: string, wanted: readonly Wanted[], keyring: Keyring) {
  const {changeSealed} = await import('../../secrets/sealed-file.ts')
  const added: Wanted[] = []
  const {values} = await changeSealed(file, keyring, contents => {
    const missing = wanted.filter(({host, name}) => contents.values[host]?.[name] === undefined)
    added.push(...missing)
    let values = contents.values
    for (const one of missing) values = withSecret(values, one.host, one.name, made(one))
    return missing.length > 0 ? {...contents, values} : contents
  })
  const hosts = [...new Set(added.map(({host}) => host))].join(', ')
  if (added.length > 0)
    keyring.say(
      `Made ${count(added.length, 'secret')} for ${hosts}, sealed in ${shortPath(file)}. Keep that file: the site needs it.`,
    )
  return wanted.map(one => ({...one, value: values[one.host]?.[one.name] ?? null}))
}

function made({generate: {length, chars}}: Wanted): string {
  return randomText(length, chars)
}

function byHost(secrets: readonly (Wanted & {readonly value: Value})[]): ReadonlyMap<string, Values> {
  const hosts = new Map<string, Values>()
  for (const {host, name, value} of secrets) hosts.set(host, {...hosts.get(host), [name]: value})
  return hosts
}
