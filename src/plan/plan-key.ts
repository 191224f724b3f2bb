import {createHmac, randomBytes} from 'node:crypto'
import {chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {UsageError} from '../errors.ts'
import {stateFolder} from '../state-folder.ts'

/** Makes the keyed digest of a text. */
export type Digest = (text: string) => string

/** The file of the key that plans are sealed with: PROVISION_PLAN_KEY, else of the user who runs provision. */
export function keyFile(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.PROVISION_PLAN_KEY || join(stateFolder(environment), 'plan.key')
}

/**
 * Digests with the key of a file, which is made when there is none. A plain hash of something short, such as a password, can be
 * guessed by whoever has it; a keyed one cannot without the key, so a plan may be shown. Throws UsageError.
 */
export function makeDigest(file: string, {create}: {create: boolean}): Digest {
  if (create && !existsSync(file)) make(file)
  const key = read(file)
  return text => createHmac('sha256', key).update(text).digest('base64url')
}

function make(file: string): void {
  mkdirSync(dirname(file), {recursive: true, mode: 0o700})
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, `${randomBytes(32).toString('hex')}\n`, {mode: 0o600})
  chmodSync(fresh, 0o600)
  try {
    // Two that make one at the same time end up with the same.
    linkSync(fresh, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(fresh)
  }
}

function read(file: string): Buffer {
  const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
  if (text === undefined)
    throw new UsageError(
      `there is no key of plans here: ${file}`,
      'a plan is applied where it was made; elsewhere bring that file along, and name it in PROVISION_PLAN_KEY',
    )
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new UsageError(`${file} is not a key of plans`, 'expected 64 hexadecimal digits')
  return Buffer.from(text, 'hex')
}
