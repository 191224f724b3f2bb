import {readdirSync, readFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
// What git does not hold.
const left = new Set(['.git', 'node_modules', 'dist', 'dist-bench', 'secrets'])
const files = textFiles(root)

test('no file names a folder of the machine that it was written on', () => {
  // Not in one piece, so that this file does not name it either.
  expect(matching(/\/[w]ork\//)).toEqual([])
})

test('no file holds a private key', () => {
  expect(matching(/-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{16}/)).toEqual([])
})

test('the files were read', () => {
  const some = ['README.md', 'package-lock.json', 'playbooks/site.yml', 'src/cli.ts']
  expect(some.filter(path => !files.some(file => file.path === path))).toEqual([])
})

function matching(words: RegExp): readonly string[] {
  return files.filter(file => words.test(file.text)).map(file => file.path)
}

function textFiles(folder: string): readonly {readonly path: string; readonly text: string}[] {
  return readdirSync(folder, {withFileTypes: true}).flatMap(entry => {
    const path = join(folder, entry.name)
    if (left.has(entry.name)) return []
    if (entry.isDirectory()) return textFiles(path)
    if (!entry.isFile()) return []
    const text = readFileSync(path, 'utf8')
    return text.includes('\0') ? [] : [{path: relative(root, path), text}]
  })
}
