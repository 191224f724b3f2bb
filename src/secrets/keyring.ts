import {readFile} from 'node:fs/promises'
import {homedir} from 'node:os'
import {join} from 'node:path'
import {UsageError} from '../errors.ts'
import {writePrivateFile} from '../write-file.ts'

/** Where keys come from, besides their usual places. */
export type KeyringOptions = {
  /** --identity. */
  readonly identity?: string | undefined
  readonly environment: {readonly [name: string]: string | undefined}
  /** Asks on the terminal without showing what is typed; undefined where there is no terminal. */
  readonly ask?: ((question: string) => Promise<string>) | undefined
  readonly say: (line: string) => void
}

/** What opens sealed files: identities and passphrases, each read, asked for or made once. */
export class Keyring {
  readonly identityFile: string
  readonly say: (line: string) => void
  readonly #options: KeyringOptions
  #identities: readonly string[] | undefined
  #passphrase: string | undefined

  constructor(options: KeyringOptions) {
    const {identity, environment, say} = options
    this.#options = options
    this.say = say
    this.identityFile = identity ?? (environment.PROVISION_AGE_IDENTITY || usualFile(environment))
  }

  /** The identities that may open a file. Throws UsageError where there are none. */
  async identities(file: string): Promise<readonly string[]> {
    this.#identities ??= await readIdentities(this.identityFile)
    if (this.#identities) return this.#identities
    throw new UsageError(
      `${file} is sealed, and there is no identity to open it: ${this.identityFile} does not exist`,
      'Name the file of the right identity with --identity, or put it there.',
    )
  }

  /** Whom to seal a file for that has none yet: the own identity, which is made where there is none; nobody where a passphrase is given. */
  async newRecipients(): Promise<readonly string[]> {
    if (await this.#given()) return []
    this.#identities ??= (await readIdentities(this.identityFile)) ?? [await this.#make()]
    return Promise.all(this.#identities.map(recipientOf))
  }

  /** Whom the own identities are. */
  async recipients(file: string): Promise<readonly string[]> {
    return Promise.all((await this.identities(file)).map(recipientOf))
  }

  /** The passphrase, which is asked for once. Throws UsageError where nobody can be asked. */
  async passphrase(file: string): Promise<string> {
    this.#passphrase ??= (await this.#given()) ?? (await this.#options.ask?.(`Passphrase of ${file}:`))
    if (this.#passphrase) return this.#passphrase
    const hint = 'Set PROVISION_SECRETS_PASSPHRASE, or PROVISION_SECRETS_PASSPHRASE_FILE to a file that holds it.'
    throw new UsageError(`${file} wants a passphrase, and there is no terminal to ask for it`, hint)
  }

  /** The passphrase for a new file, where one is given. */
  async newPassphrase(): Promise<{readonly passphrase: string} | undefined> {
    const passphrase = await this.#given()
    return passphrase === undefined ? undefined : {passphrase}
  }

  async #given(): Promise<string | undefined> {
    const {PROVISION_SECRETS_PASSPHRASE: text, PROVISION_SECRETS_PASSPHRASE_FILE: file} = this.#options.environment
    if (text) return text
    return file ? (await readText(file)).split(/\r?\n/)[0] : undefined
  }

  async #make(): Promise<string> {
    const identity = await (await age()).newIdentity()
    const recipient = await recipientOf(identity)
    const created = new Date().toISOString()
    await writePrivateFile(this.identityFile, `# created: ${created}\n# public key: ${recipient}\n${identity}\n`)
    this.say(
      `Made an identity: ${this.identityFile}. It alone opens the secrets that are sealed from now on: back it up, and show it to nobody.`,
    )
    return identity
  }
}

/** Loaded only when it is needed: most runs open and seal nothing. */
function age(): Promise<typeof import('./age.ts')> {
  return import('./age.ts')
}

async function recipientOf(identity: string): Promise<string> {
  return (await age()).recipientOf(identity)
}

function usualFile({XDG_CONFIG_HOME, HOME}: KeyringOptions['environment']): string {
  return join(XDG_CONFIG_HOME || join(HOME || homedir(), '.config'), 'provision', 'identity.txt')
}

/** The identities of a file as age-keygen writes it; undefined where there is none. Throws UsageError. */
async function readIdentities(file: string): Promise<readonly string[] | undefined> {
  const text = await readText(file).catch((error: Error) => {
    if (error.cause === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const lines = text.split(/\r?\n/).filter(line => line.trim() !== '' && !line.startsWith('#'))
  for (const line of lines) await recipientOf(line.trim()).catch(() => refuse(file))
  return lines.length > 0 ? lines.map(line => line.trim()) : refuse(file)
}

function refuse(file: string): never {
  const hint =
    'It must hold lines that begin with AGE-SECRET-KEY-1, as age-keygen writes them; identities with a passphrase of their own and those of SSH are not read.'
  throw new UsageError(`${file} holds no identity of age`, hint)
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw Object.assign(new UsageError(`${file} cannot be read: ${code || String(error)}`), {cause: code})
  }
}
