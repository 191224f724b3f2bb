import {open} from 'node:fs/promises'

const size = 1_048_576

/** The bytes of a file, piece by piece. Each is good until the next one is asked for; that one is being read meanwhile. */
export async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file)
  const buffers = [new Uint8Array(size), new Uint8Array(size)] as const
  const read = (turn: 0 | 1) => handle.read({buffer: buffers[turn]})
  let reading = read(0)
  try {
    for (let turn: 0 | 1 = 0; ; turn = turn === 0 ? 1 : 0) {
      const {bytesRead} = await reading
      if (bytesRead === 0) return
      reading = read(turn === 0 ? 1 : 0)
      yield buffers[turn].subarray(0, bytesRead)
    }
  } finally {
    await reading.catch(() => {})
    await handle.close()
  }
}
