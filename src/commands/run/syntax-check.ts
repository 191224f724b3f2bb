import {statSync} from 'node:fs'
import {ConfigError, type Problem, UsageError} from '../../errors.ts'
import type {Values} from '../../module.ts'
import {count} from '../../report/words.ts'
import type {Keyring} from '../../secrets/keyring.ts'
import {checkedPlaybook, checkWithoutHosts} from './checked-playbook.ts'
import {extraVars} from './extra-vars.ts'
import {findPlaybook} from './find-files.ts'
import type {RunFlags} from './flags.ts'
import {keyringOf} from './keyring-of.ts'
import {playbooksIn} from './playbooks-in.ts'
import {unlockVault} from './vault-passwords.ts'

/**
 * Reads and checks playbooks and all playbooks of folders; connects to nothing. Returns what people read. Throws UsageError, and
 * ConfigError with the problems of all files.
 */
export async function syntaxCheck(names: readonly string[], flags: RunFlags): Promise<string> {
  const found = names.map(findPlaybook).map(playbooksOf)
  const playbooks = [...new Set(found.flatMap(one => one.playbooks))]
  const notes = [passedOver(found.flatMap(one => one.passedOver)), notChecked(flags)].filter(note => note !== '')
  if (playbooks.length === 0) throw new UsageError('there is no playbook to check', notes[0])
  const extra = extraVars(flags.extraVars ?? [])
  await unlockVault(flags)
  const keyring = keyringOf(flags)
  const problems = new Map<string, Problem>()
  let wrong = 0
  for (const playbook of playbooks) {
    const own = await problemsOf(playbook, extra, flags, keyring)
    if (own.length > 0) wrong += 1
    for (const problem of own) problems.set(JSON.stringify(problem), problem)
  }
  if (problems.size > 0)
    throw new ConfigError([...problems.values()], [tally(problems.size, wrong, playbooks), ...notes].join('\n'))
  return [`${count(playbooks.length, 'playbook')} in order`, ...notes].join('\n')
}

function playbooksOf(path: string): ReturnType<typeof playbooksIn> {
  return statSync(path).isDirectory() ? playbooksIn(path) : {playbooks: [path], passedOver: []}
}

async function problemsOf(
  playbook: string,
  extra: Values,
  {inventory}: RunFlags,
  keyring: Keyring,
): Promise<readonly Problem[]> {
  try {
    if (inventory.length === 0) await checkWithoutHosts(playbook, extra)
    else await checkedPlaybook(playbook, {inventories: inventory, extra, limit: () => undefined, keyring})
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

function tally(problems: number, wrong: number, playbooks: readonly string[]): string {
  const said = count(problems, 'problem')
  return playbooks.length === 1 ? said : `${said} in ${wrong} of ${count(playbooks.length, 'playbook')}`
}

function passedOver(paths: readonly string[]): string {
  if (paths.length === 0) return ''
  const named = paths.slice(0, 12).join(', ')
  const more = paths.length > 12 ? ` and ${paths.length - 12} more` : ''
  return `Passed over (no lists of plays): ${named}${more}`
}

function notChecked({inventory}: RunFlags): string {
  return inventory.length > 0
    ? ''
    : 'Without -i nobody knows which hosts and variables there are: these are not checked.'
}
