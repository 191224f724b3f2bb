import {decrypt, readVaultText} from './decrypt.ts'

/** A password of ansible-vault with the label that it is for. */
export type VaultPassword = {readonly label: string; readonly password: string}

/** Is told every secret that is decrypted. */
type Listener = (secret: string) => void

/**
 * The passwords of this process, and what was decrypted with them. Files of YAML are read in many places, and any of them may
 * be encrypted: so there is one, filled before the first file is read.
 */
class Vault {
  readonly #passwords: VaultPassword[] = []
  readonly #opened = new Map<string, string>()
  readonly #secrets = new Set<string>()
  readonly #listeners: Listener[] = []

  /** Adds passwords; those whose label a text has are tried first, and then all others, as in Ansible. */
  unlock(passwords: readonly VaultPassword[]): void {
    this.#passwords.push(...passwords)
  }

  /** Decrypts a text of ansible-vault. Throws Error with what is wrong and what to do. */
  open(text: string): string {
    const known = this.#opened.get(text)
    if (known !== undefined) return known
    const read = readVaultText(text)
    if (this.#passwords.length === 0)
      throw new Error(
        'encrypted by ansible-vault, and there is no password: --ask-vault-pass, --vault-password-file, --vault-id',
      )
    const ofLabel = this.#passwords.filter(({label}) => label === read.label)
    const others = this.#passwords.filter(({label}) => label !== read.label)
    for (const {password} of [...ofLabel, ...others]) {
      const opened = decrypt(read, password)
      if (opened === undefined) continue
      this.#opened.set(text, opened)
      return opened
    }
    const which = read.label === undefined ? '' : ` (its label is ${read.label})`
    throw new Error(`encrypted by ansible-vault, and no password that was given opens it${which}`)
  }

  /** Makes a value known as secret. */
  hide(secret: string): void {
    this.#secrets.add(secret)
    for (const listener of this.#listeners) listener(secret)
  }

  /** Tells of every secret that was and will be decrypted. */
  listen(listener: Listener): void {
    this.#listeners.push(listener)
    for (const secret of this.#secrets) listener(secret)
  }
}

/** The vault of this process. */
export const vault = new Vault()
