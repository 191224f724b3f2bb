import {createHash, randomBytes} from 'node:crypto'
import type {Value} from '../module.ts'

const size = 624

/** Draws lots as Python's `random` does, so that a seed gives what it gives there; without a seed, by chance. */
export class PythonRandom {
  readonly #state: Uint32Array
  #index = size

  constructor(seed: Value) {
    this.#state = seeded(seed === null ? randomBytes(32).toString('hex') : seed)
  }

  /** A whole number from 0 up to, but without, the limit. */
  below(limit: number): number {
    const bits = limit.toString(2).length
    for (;;) {
      const drawn = bits <= 32 ? this.#next() >>> (32 - bits) : this.#long(bits)
      if (drawn < limit) return drawn
    }
  }

  #long(bits: number): number {
    const low = this.#next()
    return (this.#next() >>> (64 - bits)) * 2 ** 32 + low
  }

  /** MT19937, as its authors published it. */
  #next(): number {
    if (this.#index >= size) this.#turn()
    let drawn = this.#at(this.#index++)
    drawn ^= drawn >>> 11
    drawn ^= (drawn << 7) & 0x9d2c5680
    drawn ^= (drawn << 15) & 0xefc60000
    return (drawn ^ (drawn >>> 18)) >>> 0
  }

  #turn(): void {
    for (let index = 0; index < size; index++) {
      const joined = (this.#at(index) & 0x80000000) | (this.#at((index + 1) % size) & 0x7fffffff)
      this.#state[index] = this.#at((index + 397) % size) ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0)
    }
    this.#index = 0
  }

  #at(index: number): number {
    return this.#state[index] ?? 0
  }
}

/** Python seeds with the text and its digest, or with a whole number, as one long number. */
function seeded(seed: Value): Uint32Array {
  if (typeof seed === 'number' && Number.isInteger(seed)) return byKey(words(BigInt(Math.abs(seed))))
  const text = Buffer.from(String(seed))
  const digest = createHash('sha512').update(text).digest()
  return byKey(words(BigInt(`0x${Buffer.concat([text, digest]).toString('hex')}`)))
}

/** A long number in pieces of 32 bits, the lowest first. */
function words(long: bigint): readonly number[] {
  const pieces: number[] = []
  for (let rest = long; rest > 0n; rest >>= 32n) pieces.push(Number(rest & 0xffffffffn))
  return pieces.length === 0 ? [0] : pieces
}

function byKey(key: readonly number[]): Uint32Array {
  const state = byNumber(19650218)
  const at = (index: number) => state[index] ?? 0
  const mixed = (index: number) => at(index - 1) ^ (at(index - 1) >>> 30)
  let index = 1
  const step = (value: number) => {
    state[index] = value
    if (++index < size) return
    state[0] = at(size - 1)
    index = 1
  }
  for (let turn = 0; turn < Math.max(size, key.length); turn++) {
    const place = turn % key.length
    step((at(index) ^ Math.imul(mixed(index), 1664525)) + (key[place] ?? 0) + place)
  }
  for (let turn = 1; turn < size; turn++) step((at(index) ^ Math.imul(mixed(index), 1566083941)) - index)
  state[0] = 0x80000000
  return state
}

function byNumber(seed: number): Uint32Array {
  const state = new Uint32Array(size)
  state[0] = seed
  for (let index = 1; index < size; index++) {
    const before = state[index - 1] ?? 0
    state[index] = Math.imul(before ^ (before >>> 30), 1812433253) + index
  }
  return state
}
