import {stripVTControlCharacters} from 'node:util'
import type {Stream} from './options.ts'

const eraseLineAndGoUp = '\u001B[2K\u001B[1A'

/**
 * Writes frames that erase the frame before by its count of lines. A terminal that became narrower has broken those
 * lines into more, so that what is left of the old frame is erased first.
 */
export class Redraw {
  readonly #stream: Stream
  #frame: readonly string[] = []
  #columns: number | undefined

  constructor(stream: Stream) {
    this.#stream = stream
  }

  /** Writes a frame. */
  write(frame: string): boolean {
    const erase = eraseLineAndGoUp.repeat(this.#brokenLines())
    this.#frame = stripVTControlCharacters(frame).split('\n')
    this.#columns = this.#stream.columns
    return this.#stream.write(erase + frame)
  }

  #brokenLines(): number {
    const columns = this.#stream.columns
    if (columns === undefined || columns === 0 || columns === this.#columns) return 0
    const rows = this.#frame.map(line => Math.max(1, Math.ceil(line.length / columns)))
    return rows.reduce((sum, row) => sum + row - 1, 0)
  }
}
