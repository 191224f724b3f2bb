import {chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {readTree} from '../../src/engine/source-tree.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tree-'))
})

test('reads files and folders with their modes, empty folders too, and follows links', async () => {
  mkdirSync(join(folder, 'in side/empty'), {recursive: true})
  writeFileSync(join(folder, 'in side/bytes'), Buffer.from([0, 255]))
  chmodSync(join(folder, 'in side/bytes'), 0o750)
  symlinkSync('in side/bytes', join(folder, 'link'))
  symlinkSync('..', join(folder, 'in side/round'))
  for (const path of ['in side', 'in side/empty']) chmodSync(join(folder, path), 0o755)
  expect(await readTree(folder)).toEqual([
    {path: 'in side', mode: '0755'},
    {path: 'in side/bytes', mode: '0750', content_base64: 'AP8='},
    {path: 'in side/empty', mode: '0755'},
    {path: 'link', mode: '0750', content_base64: 'AP8='},
  ])
})

test('names a link that leads nowhere', async () => {
  symlinkSync('nowhere', join(folder, 'link'))
  await expect(readTree(folder)).rejects.toThrow(`${folder}/link is neither a file nor a folder`)
})
