import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {TestProject} from 'vitest/node'

/** Whatever the tests of a project make in the place for temporary files goes with the last of them. */
export default function setup({config}: TestProject): () => void {
  const own = mkdtempSync(join(tmpdir(), 'tests-'))
  config.env = {...config.env, TMPDIR: own}
  return () => rmSync(own, {recursive: true, force: true})
}
