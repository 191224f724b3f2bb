import {createHash} from 'node:crypto'
import {existsSync, readFileSync} from 'node:fs'
import {readFile, rm} from 'node:fs/promises'
import {resolve} from 'node:path'
import {UsageError} from '../errors.ts'
import {writePrivateFile} from '../write-file.ts'

/** Who is told of changes: a webhook, in a form of ours or in Slack's, or a mailbox. The address of a webhook is a secret. */
export type Target =
  | {readonly kind: 'webhook' | 'slack'; readonly url: string}
  | {
      readonly kind: 'mail'
      readonly to: string
      readonly server: string
      readonly from: string
      /** File of the authorities that the server's certificate is checked against, instead of those that Node knows. */
      readonly ca?: string
    }

/** Settings of mail, as PROVISION_SMTP_URL, PROVISION_SMTP_FROM and PROVISION_SMTP_CA say them. */
export type MailSettings = {
  readonly server: string | undefined
  readonly from: string | undefined
  readonly ca: string | undefined
}

const expected = 'Expected https://…, slack:https://…, mailto:name@example.com, or @FILE with one of them on each line.'

/** Reads what --notify was given; a value that is wrong is not repeated, for it may be secret. Throws UsageError. */
export async function readTargets(given: readonly string[], mail: MailSettings): Promise<readonly Target[]> {
  const words = await Promise.all(given.map(wordsOf))
  return words.flat().map(word => targetOf(word, mail))
}

/** The target without what may be secret: the host of a webhook, the address of a mailbox. */
export function shownTarget(target: Target): string {
  if (target.kind === 'mail') return `mailto:${target.to}`
  return `${target.kind} at ${new URL(target.url).host}`
}

/** A name of the target by which what it was told is kept; it does not give the address away. */
export function targetKey(target: Target): string {
  const address = target.kind === 'mail' ? target.to : target.url
  return createHash('sha256').update(`${target.kind} ${address}`).digest('hex').slice(0, 16)
}

/** Keeps the targets of a schedule where only their owner can read them; none removes the file. */
export async function keepTargets(file: string, targets: readonly Target[]): Promise<void> {
  if (targets.length === 0) await rm(file, {force: true})
  else await writePrivateFile(file, `${JSON.stringify(targets, undefined, 2)}\n`)
}

/** The targets that were kept. */
export async function keptTargets(file: string): Promise<readonly Target[]> {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : []
}

async function wordsOf(given: string): Promise<readonly string[]> {
  if (!given.startsWith('@')) return [given.trim()]
  try {
    const lines = (await readFile(given.slice(1), 'utf8')).split('\n').map(line => line.trim())
    return lines.filter(line => line !== '' && !line.startsWith('#'))
  } catch {
    throw new UsageError(`--notify: ${given.slice(1)} cannot be read`, expected)
  }
}

function targetOf(word: string, mail: MailSettings): Target {
  if (word.startsWith('mailto:')) return mailTarget(word.slice('mailto:'.length), mail)
  const isSlack = word.startsWith('slack:')
  const url = isSlack ? word.slice('slack:'.length) : word
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new UsageError('--notify does not know whom to tell', expected)
  return {kind: isSlack ? 'slack' : 'webhook', url}
}

function mailTarget(to: string, {server, from, ca}: MailSettings): Target {
  if (!/^[^\s@,;]+@[^\s@,;]+$/.test(to)) throw new UsageError('--notify mailto: has no address of a mailbox', expected)
  if (server === undefined || !/^smtps?:\/\/./.test(server) || !URL.canParse(server)) {
    const hint = 'Set PROVISION_SMTP_URL to smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465.'
    throw new UsageError('--notify mailto: needs a mail server', hint)
  }
  const sender = from ?? `provision@${new URL(server).hostname}`
  return {kind: 'mail', to, server, from: sender, ...(ca !== undefined && {ca: authorities(ca)})}
}

/** The whole path of a file that holds certificates of authorities. Throws UsageError. */
function authorities(file: string): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  if (text?.includes('-----BEGIN CERTIFICATE-----')) return resolve(file)
  const what = text === undefined ? 'is not there' : 'holds no certificate'
  throw new UsageError(
    `PROVISION_SMTP_CA: ${file} ${what}`,
    'Expected a file with certificates of authorities, in PEM.',
  )
}
