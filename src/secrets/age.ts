import {armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient} from 'age-encryption'

/** Whom text is sealed for: whoever has the identity of one of the recipients (`age1…`), or knows the passphrase. */
export type SealedFor = {readonly recipients: readonly string[]} | {readonly passphrase: string}

/** What may open it: identities (`AGE-SECRET-KEY-1…`), or a passphrase. */
export type Opener = {readonly identities: readonly string[]} | {readonly passphrase: string}

/** What came of opening: the text, or why there is none. */
export type Opened = {readonly text: string} | {readonly why: 'damaged' | 'wrong key'}

/** Encrypts text in age's armored form, which the program `age` reads. Throws Error for a recipient that is none. */
export async function seal(text: string, to: SealedFor): Promise<string> {
  const encrypter = new Encrypter()
  if ('passphrase' in to) encrypter.setPassphrase(to.passphrase)
  else for (const recipient of to.recipients) encrypter.addRecipient(recipient)
  return `${armor.encode(await encrypter.encrypt(text)).trimEnd()}\n`
}

/** Decrypts what `seal` or the program `age` made. */
export async function unseal(sealed: string, opener: Opener): Promise<Opened> {
  try {
    const decrypter = new Decrypter()
    if ('passphrase' in opener) decrypter.addPassphrase(opener.passphrase)
    else for (const identity of opener.identities) decrypter.addIdentity(identity)
    return {text: await decrypter.decrypt(armor.decode(sealed), 'text')}
  } catch (error) {
    const isWrongKey = error instanceof Error && error.message.startsWith('no identity matched')
    return {why: isWrongKey ? 'wrong key' : 'damaged'}
  }
}

/** How it was sealed: with a passphrase, or for so many recipients; none for what is damaged. */
export function sealingOf(sealed: string): {readonly passphrase: boolean; readonly recipients: number} {
  const header = headerOf(sealed)
  return {passphrase: /^-> scrypt /m.test(header), recipients: header.match(/^-> X25519 /gm)?.length ?? 0}
}

function headerOf(sealed: string): string {
  try {
    return Buffer.from(armor.decode(sealed)).toString('latin1').split('\n---')[0] ?? ''
  } catch {
    return ''
  }
}

/** Makes an identity. */
export function newIdentity(): Promise<string> {
  return generateX25519Identity()
}

/** Whom to seal for so that an identity opens it. Throws Error for an identity that is none. */
export function recipientOf(identity: string): Promise<string> {
  return identityToRecipient(identity)
}
