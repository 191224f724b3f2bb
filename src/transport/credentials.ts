import {access, readFile} from 'node:fs/promises'
import {homedir} from 'node:os'
import {join} from 'node:path'
import {UnreachableError} from '../errors.ts'
import type {Target} from './transport.ts'

/** What proves to the host who we are: a key, a password, the agent. */
export type Credentials = {readonly privateKey?: string; readonly password?: string; readonly agent?: string}

/** Finds the credentials for a target: the named key file, or the agent and OpenSSH's usual key files; a password if given. */
export async function credentials(target: Target): Promise<Credentials> {
  const privateKey = await readKey(target)
  const agent = process.env.SSH_AUTH_SOCK
  return {
    ...(privateKey ? {privateKey} : {}),
    ...(target.password ? {password: target.password} : {}),
    ...(agent && !target.keyFile ? {agent} : {}),
  }
}

async function readKey(target: Target): Promise<string | undefined> {
  if (target.keyFile === undefined) return firstUsualKey()
  const file = target.keyFile.replace(/^~(?=\/)/, homedir())
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : String(error)
    throw new UnreachableError(
      target.host,
      `cannot read the private key ${file}: ${reason}`,
      'set ansible_ssh_private_key_file to a key that you can read',
    )
  }
}

async function firstUsualKey(): Promise<string | undefined> {
  for (const name of ['id_ed25519', 'id_ecdsa', 'id_rsa']) {
    const file = join(homedir(), '.ssh', name)
    if (await readable(file)) return readFile(file, 'utf8')
  }
  return undefined
}

async function readable(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch {
    return false
  }
}
