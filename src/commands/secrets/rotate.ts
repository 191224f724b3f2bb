import {basename, dirname, join, parse} from 'node:path'
import type {Option} from '../../argument-spec/option.ts'
import {readDeclared} from '../../argument-spec/read-declared.ts'
import type {ExitCode} from '../../engine/events.ts'
import {UsageError} from '../../errors.ts'
import {didYouMean} from '../../nearest.ts'
import {type Contents, withSecret} from '../../secrets/contents.ts'
import {randomText} from '../../secrets/random-text.ts'
import {changeSealed} from '../../secrets/sealed-file.ts'
import {askSecret} from '../ask.ts'
import {findPlaybook} from '../run/find-files.ts'
import {run} from '../run/run.ts'
import {shortPath} from '../run/sealed-files.ts'
import type {SecretsFlags} from './flags.ts'
import {inventoryWith, openedSecrets, ownerOf, type Place, placeOfSecrets} from './place.ts'

/**
 * Replaces a secret: seals the new value beside the old one, has the playbook that its declaration names give it to the hosts
 * and prove it, and only then forgets the old one. Cut in the middle, it goes on with the same new value the next time.
 */
export async function rotate(name: string, flags: SecretsFlags): Promise<ExitCode> {
  const declaredIn = findPlaybook(flags.playbook ?? 'site.yml')
  const {playbook, warning, generate} = wayOf(name, await optionOf(name, declaredIn))
  const place = placeOfSecrets(flags)
  const owner = ownerOf(name, await openedSecrets(place), flags.for)
  await refuseIfSaid(name, owner, place)
  if (warning !== undefined && !flags.yes) await confirm(name, warning)
  await begin(name, owner, place, randomText(generate.length, generate.chars))
  const exit = await run(join(dirname(declaredIn), playbook), {
    ...{inventory: flags.inventory, identity: flags.identity, limit: owner},
    ...{rotating: {owner, name}, forks: 50, verbose: 0, color: false},
  })
  if (exit === 0) await finish(name, owner, place)
  else
    note(
      `\n${name} is not rotated yet. ${place.shown} keeps both values; the same command goes on where this one ended.`,
    )
  return exit
}

type Way = {
  readonly playbook: string
  readonly warning?: string | undefined
  readonly generate: NonNullable<Option['generate']>
}

function wayOf(name: string, {rotate, generate}: Option): Way {
  if (rotate?.refuse !== undefined) throw new UsageError(`${name} cannot be rotated: ${rotate.refuse}`)
  if (rotate?.playbook !== undefined && generate) return {playbook: rotate.playbook, warning: rotate.warning, generate}
  throw new UsageError(
    `nothing declares how ${name} is rotated`,
    `Change it where it is used, and then here: provision secrets set ${name}`,
  )
}

async function optionOf(name: string, playbook: string): Promise<Option> {
  const declared = await readDeclared(dirname(playbook), parse(basename(playbook)).name)
  const option = declared?.options[name]
  if (option) return option
  const secrets = Object.entries(declared?.options ?? {}).filter(([, {rotate}]) => rotate)
  throw new UsageError(
    `${shortPath(playbook)} has no input ${name}`,
    didYouMean(
      name,
      secrets.map(([one]) => one),
    ),
  )
}

async function refuseIfSaid(name: string, owner: string, place: Place): Promise<void> {
  const inventory = await inventoryWith(owner, place)
  const hosts = inventory.groups[owner] ?? [owner]
  const said = hosts.flatMap(host => inventory.said.get(host) ?? []).find(variable => variable.name === name)
  if (!said) return
  const where = `${shortPath(said.source.file)}:${said.source.line}`
  throw new UsageError(`${where} says ${name} in the clear, and wins over what is sealed`, 'Take it out there first.')
}

async function confirm(name: string, warning: string): Promise<void> {
  const question = `A new ${name}: ${warning}`
  if (!process.stdin.isTTY) throw new UsageError(question, 'With --yes it is done.')
  note(question)
  if ((await askSecret('Type yes to go on:')) !== 'yes') throw new UsageError(`${name} was not rotated`)
}

async function begin(name: string, owner: string, {file, keyring, shown}: Place, value: string): Promise<void> {
  await changeSealed(file, keyring, contents => {
    const begun = contents.rotating[owner]?.[name] !== undefined
    note(
      begun
        ? `The rotation of ${name} goes on.`
        : `A new ${name} for ${owner} is sealed in ${shown}, beside the old one.`,
    )
    return begun ? contents : {...contents, rotating: withSecret(contents.rotating, owner, name, value)}
  })
}

async function finish(name: string, owner: string, {file, keyring, shown}: Place): Promise<void> {
  await changeSealed(file, keyring, contents => rotated(contents, owner, name))
  note(`${name} of ${owner} is rotated; ${shown} has the new value alone.`)
}

function rotated(contents: Contents, owner: string, name: string): Contents {
  const value = contents.rotating[owner]?.[name]
  if (value === undefined) return contents
  return {
    ...contents,
    values: withSecret(contents.values, owner, name, value),
    rotating: withSecret(contents.rotating, owner, name, undefined),
  }
}

function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
