import {createHash} from 'node:crypto'
import {stat} from 'node:fs/promises'
import type {LargeFile} from '../module.ts'
import {piecesOf} from './pieces.ts'

/** Files of more bytes than this are never held whole in memory. */
const limit = 1_048_576

const known = new Map<string, Promise<LargeFile>>()

/** What a file is by size and SHA-256, read piece by piece, and once for all hosts as long as it stays as it is; undefined for a small one. */
export async function largeFile(file: string): Promise<LargeFile | undefined> {
  const {size, mtimeMs, isFile} = await stat(file).then(found => ({...found, isFile: found.isFile()}))
  if (!isFile || size <= limit) return undefined
  const key = JSON.stringify([file, size, mtimeMs])
  const found = known.get(key) ?? fingerprint(file, size)
  known.set(key, found)
  return found
}

async function fingerprint(file: string, size: number): Promise<LargeFile> {
  const hash = createHash('sha256')
  for await (const piece of piecesOf(file)) hash.update(piece)
  return {file, size, sha256: hash.digest('hex')}
}
