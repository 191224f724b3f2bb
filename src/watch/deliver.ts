import {setTimeout as wait} from 'node:timers/promises'
import {createTransport} from '../mail.ts'
import type {Message} from './changes.ts'
import type {Target} from './targets.ts'

/** Milliseconds before the second and the third attempt. */
const pauses = [1000, 4000]

/** Milliseconds for one attempt. */
const patience = 15_000

/** Tells a target; undefined when it was told, or why not, without its address. An answer that will not get better is not asked for again. */
export async function deliver(target: Target, message: Message): Promise<string | undefined> {
  for (const pause of [...pauses, undefined]) {
    const failure = await attempt(target, message)
    if (failure === undefined) return undefined
    if (failure.isFinal || pause === undefined) return failure.why
    await wait(pause)
  }
  return undefined
}

type Failure = {readonly why: string; readonly isFinal: boolean}

async function attempt(target: Target, message: Message): Promise<Failure | undefined> {
  try {
    return target.kind === 'mail' ? await mail(target, message) : await post(target, message)
  } catch (error) {
    return {why: codeOf(error), isFinal: false}
  }
}

async function post({kind, url}: Extract<Target, {kind: 'webhook' | 'slack'}>, message: Message) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {'content-type': 'application/json', 'idempotency-key': message.id},
    body: JSON.stringify(kind === 'slack' ? {text: message.text} : message),
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
  })
  await answer.body?.cancel()
  if (answer.ok) return undefined
  const mayGetBetter = answer.status >= 500 || answer.status === 408 || answer.status === 429
  return {why: `it answered ${answer.status}`, isFinal: !mayGetBetter}
}

async function mail({to, server, from}: Extract<Target, {kind: 'mail'}>, message: Message): Promise<undefined> {
  const url = new URL(server)
  const secure = url.protocol === 'smtps:'
  const transport = createTransport({
    host: url.hostname,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    // A password never travels in the clear.
    requireTLS: !secure && url.username !== '',
    ...(url.username !== '' && {
      auth: {user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password)},
    }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
  })
  try {
    const [, first = ''] = message.text.split('\n')
    await transport.sendMail({
      from,
      to,
      subject: `provision: ${first}`,
      text: `${message.text}\n`,
      messageId: `<${message.id}@provision>`,
    })
  } finally {
    transport.close()
  }
}

/** What went wrong in a word: messages of libraries may repeat the address. */
function codeOf(error: unknown): string {
  const reasons = [error, error instanceof Error ? error.cause : undefined]
  const codes = reasons.flatMap(one => (one instanceof Error && 'code' in one ? [String(one.code)] : []))
  if (error instanceof Error && error.name === 'TimeoutError') return 'it did not answer in time'
  return codes.at(-1) ?? 'it was not reached'
}
