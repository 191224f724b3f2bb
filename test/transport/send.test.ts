import {spawn} from 'node:child_process'
import {expect, test} from 'vitest'
import {sendInto} from '../../src/transport/send.ts'
import {LinkLost} from '../../src/transport/transport.ts'

/** More than a pipe holds. */
async function* content(): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < 20; n++) yield new Uint8Array(100_000)
}

const sendTo = (script: string) => sendInto(spawn('sh', ['-c', script], {stdio: 'pipe'}), content())

test('a command that takes all gives what it printed', async () => {
  expect(await sendTo('wc -c; echo done >&2')).toBe('2000000\ndone\n')
})

test('a command that takes no more and says so has ended by itself', async () => {
  expect(await sendTo('head -c 100000 >/dev/null; echo refused; echo why >&2; exit 1')).toBe('refused\nwhy\n')
})

test('a command that ends early without a word on stdout is lost, and what it complained of is told', async () => {
  const sent = sendTo('head -c 100000 >/dev/null; echo why >&2; exit 1')
  await expect(sent).rejects.toThrow(LinkLost)
  await expect(sent).rejects.toThrow(/why$/)
})
