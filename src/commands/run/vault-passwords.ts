import {execFileSync} from 'node:child_process'
import {accessSync, constants, readFileSync, statSync} from 'node:fs'
import {basename, resolve} from 'node:path'
import {UsageError} from '../../errors.ts'
import {fromHome} from '../../home-folder.ts'
import {type VaultPassword, vault} from '../../vault/vault.ts'
import {askSecret} from '../ask.ts'

/** The part of a command line that says where passwords of ansible-vault are. */
export type VaultFlags = {
  readonly vaultPasswordFile?: readonly string[]
  readonly vaultId?: readonly string[]
  readonly askVaultPass?: boolean
}

/** Reads and asks for the passwords of ansible-vault that the command line and the environment name. Throws UsageError. */
export async function unlockVault({vaultPasswordFile = [], vaultId = [], askVaultPass}: VaultFlags): Promise<void> {
  const {ANSIBLE_VAULT_PASSWORD_FILE: usual, ANSIBLE_VAULT_IDENTITY_LIST: list = ''} = process.env
  const files = vaultPasswordFile.length === 0 && usual ? [usual] : vaultPasswordFile
  const ids = [...list.split(',').map(id => id.trim()), ...vaultId].filter(id => id !== '')
  const passwords: VaultPassword[] = []
  for (const id of ids) passwords.push(await ofId(id))
  for (const file of files) passwords.push({label: 'default', password: ofFile(file, 'default')})
  if (askVaultPass) passwords.push({label: 'default', password: await ask('Vault password:')})
  vault.unlock(passwords)
  for (const {password} of passwords) vault.hide(password)
}

async function ofId(id: string): Promise<VaultPassword> {
  const at = id.indexOf('@')
  const [label, source] = at < 0 ? ['default', id] : [id.slice(0, at), id.slice(at + 1)]
  const password = source === 'prompt' ? await ask(`Vault password (${label}):`) : ofFile(source, label)
  return {label, password}
}

async function ask(question: string): Promise<string> {
  if (process.stdin.isTTY) return askSecret(question)
  throw new UsageError('there is no terminal to ask for the password of ansible-vault', 'Take --vault-password-file.')
}

function ofFile(name: string, label: string): string {
  const file = resolve(fromHome(name))
  try {
    const text = isProgram(file) ? printed(file, label) : readFileSync(file, 'utf8')
    if (text.trim() !== '') return text.trim()
  } catch (error) {
    const why =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : String(error)
    throw new UsageError(`the password of ansible-vault cannot be had from ${file}: ${why}`)
  }
  throw new UsageError(`${file} holds no password of ansible-vault`)
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/** As in Ansible, a program whose name ends in -client is told for which label. */
function printed(file: string, label: string): string {
  const words = /-client(?:\.\w+)?$/.test(basename(file)) ? ['--vault-id', label] : []
  return execFileSync(file, words, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']})
}
