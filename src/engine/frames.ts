import {createHash, randomBytes} from 'node:crypto'
import type {Asked} from '../module.ts'

/** What a script on the host says between two markers: a word, the task's number, more words, and a body of bytes. */
export type Frame = {
  readonly word: string
  readonly index: number
  readonly rest: readonly string[]
  readonly body: Buffer
  readonly asked: Asked
}

/**
 * Puts a script's lines (latin1) together to frames. A frame begins with a line `<nonce> word index …` and is handed on
 * when the next one begins: scripts end with an `end` frame, which is handed on at once. Made when its script is.
 */
export class FrameReader {
  readonly #nonce: string
  readonly #onFrame: (frame: Frame) => void
  #head: readonly string[] | undefined
  #lines: string[] = []
  readonly #sent = Date.now()
  #came = 0

  constructor(nonce: string, onFrame: (frame: Frame) => void) {
    this.#nonce = nonce
    this.#onFrame = onFrame
  }

  line(line: string): void {
    if (!line.startsWith(`${this.#nonce} `)) {
      this.#lines.push(line)
      return
    }
    this.#hand()
    this.#head = line.split(' ').slice(1)
    this.#lines = []
    this.#came = Date.now()
    if (bodiless.has(this.#head[0] ?? '')) this.#hand()
  }

  #hand(): void {
    const [word = '', index = '0', ...rest] = this.#head ?? []
    const asked = {sent: this.#sent, came: this.#came}
    if (this.#head)
      this.#onFrame({word, index: Number(index), rest, body: Buffer.from(this.#lines.join('\n'), 'latin1'), asked})
    this.#head = undefined
  }
}

const bodiless = new Set(['task', 'held', 'exit', 'end'])

/** The answer in a frame, as modules read it: UTF-8, without trailing newlines. */
export function answerOf(frame: Frame): string {
  return frame.body.toString('utf8').replace(/\n+$/, '')
}

/** The fingerprint by which a script on the host compares an answer with the one that the plan was made from. */
export function hashOf(frame: Frame): string {
  const end = frame.body.length - (/\n*$/.exec(frame.body.toString('latin1'))?.[0].length ?? 0)
  return createHash('sha256').update(frame.body.subarray(0, end)).digest('hex')
}

/** Whether an answer is so short and plain that a script on the host compares it as it is, which costs the host no process. */
export function isPlain(answer: string): boolean {
  return answer.length <= longestPlain && /^[\n -~]*$/.test(answer)
}

/** Bytes: more would make the script longer than it makes the host faster. */
const longestPlain = 512

/** A word that begins the frames of one script and stands nowhere else. */
export function makeNonce(): string {
  return `@${randomBytes(12).toString('hex')}`
}
