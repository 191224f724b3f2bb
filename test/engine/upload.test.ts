import {spawnSync} from 'node:child_process'
import {chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, describe, expect, test} from 'vitest'
import {uploadScript} from '../../src/engine/upload.ts'
import type {Upload} from '../../src/module.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upload-'))
})

/** Runs the upload as the engine does: in a function whose fate is asked for (there `set -e` means nothing), with stdin from nowhere. */
function put(upload: Omit<Upload, 'dest'>, dest = 'file'): {exit: number | null; stderr: string} {
  const script = `step() { ( ${uploadScript({...upload, dest: join(folder, dest)})}\n) </dev/null; }; step || exit`
  const {status, stderr} = spawnSync('sh', [], {input: script, encoding: 'utf8'})
  return {exit: status, stderr}
}

const path = (name = 'file') => join(folder, name)
const modeOf = (name = 'file') => (statSync(path(name)).mode & 0o7777).toString(8)

describe('a file put onto a host', () => {
  test.each([
    'plain\n',
    'no newline at the end',
    '',
    'quotes \' " ` $HOME \\n\n',
    'ünïcödé\n',
    '%s %d\n',
    'x'.repeat(300_000),
  ])('is the same byte for byte (%#)', content => {
    expect(put({content})).toEqual({exit: 0, stderr: ''})
    expect(readFileSync(path(), 'utf8')).toBe(content)
  })

  test('may hold any bytes', () => {
    const content = Buffer.from(Array.from({length: 512}, (_, index) => index % 256))
    put({content})
    expect(readFileSync(path()).equals(content)).toBe(true)
    put({content: 'a\0b'})
    expect(readFileSync(path(), 'utf8')).toBe('a\0b')
  })

  test('keeps the mode that it had, gets 0644 when new, or the one that is wanted', () => {
    put({content: 'x'})
    expect(modeOf()).toBe('644')
    chmodSync(path(), 0o4750)
    put({content: 'y'})
    expect(modeOf()).toBe('4750')
    put({content: 'z', mode: '0600'})
    expect(modeOf()).toBe('600')
  })

  test('is left as it was when the new content does not hold, and says so', () => {
    writeFileSync(path(), 'good\n')
    const {exit, stderr} = put({content: 'bad\n', validate: 'grep -q good %s'})
    expect(exit).not.toBe(0)
    expect(stderr).toContain('validation failed: the file was left as it was')
    expect(readFileSync(path(), 'utf8')).toBe('good\n')
    expect(readdirSync(folder)).toEqual(['file'])
  })

  test('leaves the old one beside it when that is wanted', () => {
    writeFileSync(path(), 'old\n')
    put({content: 'new\n', backup: true})
    const kept = readdirSync(folder).filter(name => name !== 'file')
    expect(kept).toEqual([expect.stringMatching(/^file\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~$/)])
    expect(readFileSync(path(kept[0]), 'utf8')).toBe('old\n')
  })

  test('goes through a link to what it points to', () => {
    writeFileSync(path('real'), 'old\n')
    symlinkSync(path('real'), path('link'))
    put({content: 'new\n'}, 'link')
    expect(readFileSync(path('real'), 'utf8')).toBe('new\n')
    expect(readdirSync(folder).toSorted()).toEqual(['link', 'real'])
  })

  test('fails when its folder is missing', () => {
    const stderr = `Destination directory ${path('none')} does not exist\n`
    expect(put({content: 'x'}, 'none/file')).toEqual({exit: 1, stderr})
  })

  test('is left as it was when the new owner does not exist', () => {
    writeFileSync(path(), 'old\n')
    expect(put({content: 'new\n', owner: 'nobody-of-that-name'}).exit).toBe(1)
    expect(readFileSync(path(), 'utf8')).toBe('old\n')
    expect(readdirSync(folder)).toEqual(['file'])
  })
})
