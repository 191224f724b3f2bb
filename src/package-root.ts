import {existsSync} from 'node:fs'
import {dirname, join} from 'node:path'

/** Folder of the installed package: what holds playbooks/, templates/ and sandbox/ (works from src/ and from any folder below that is built from it). */
export const packageRoot = above(import.meta.dirname)

function above(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : above(dirname(folder))
}
