import {setTimeout as wait} from 'node:timers/promises'
import type {Message} from './changes.ts'
import {sendLetter} from './letter.ts'
import type {Target} from './targets.ts'
import {type Failure, whyNot} from './why-not.ts'

/** Milliseconds before the second and the third attempt. */
const pauses = [1000, 4000]

/** Milliseconds for one attempt at a webhook. */
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

async function attempt(target: Target, message: Message): Promise<Failure | undefined> {
  try {
    if (target.kind !== 'mail') return await post(target, message)
    await sendLetter(target, message)
    return undefined
  } catch (error) {
    return whyNot(error)
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
