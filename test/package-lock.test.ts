import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'

type Entry = {readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>>}
type Lock = {readonly packages: Readonly<Record<string, Entry>>}

const {packages}: Lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))

test('package-lock.json names no registry', () => {
  const wrong = Object.keys(packages).filter(path => packages[path]?.resolved !== undefined)
  expect(wrong).toEqual([])
})

test('package-lock.json holds the packages of every platform, as npm ci wants', () => {
  // npm leaves out the optional ones that it could not find while it wrote the file, and refuses them later.
  const missing = Object.entries(packages).flatMap(([path, {optionalDependencies = {}}]) =>
    Object.keys(optionalDependencies).filter(name => !isHeld(name, path)),
  )
  expect(missing).toEqual([])
})

function isHeld(name: string, path: string): boolean {
  return `node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages
}
