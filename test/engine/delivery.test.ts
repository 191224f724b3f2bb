import {spawnSync} from 'node:child_process'
import {chownSync, existsSync, mkdirSync, rmSync} from 'node:fs'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {start} from '../../src/engine/delivery.ts'
import {sh} from '../../src/shell/shell.ts'

/** Nobody's number on this machine. */
const user = 59_999
const base = `/tmp/provision-${user}`
const clean = () => {
  for (const path of [base, `${base}.lock`]) rmSync(path, {recursive: true, force: true})
}
beforeEach(clean)
afterEach(clean)

const run = {id: 'test', script: 1, whole: 'whole'}

/** Starts a script in a shell that takes itself for that user's, without a folder of the session; says something after it. */
function started(environment: NodeJS.ProcessEnv = {}) {
  const {XDG_RUNTIME_DIR: _, ...others} = process.env
  const script = `id() { case $1 in -u) echo ${user} ;; *) echo somebody ;; esac; }\n${start('@n', run, sh`echo '@n end'`)}\necho still here`
  const {stdout, stderr} = spawnSync('sh', {input: script, encoding: 'utf8', env: {...others, ...environment}})
  return {stdout: stdout.trim().split('\n'), stderr: stderr.trim()}
}

describe('a script of a user who has no folder for the session', () => {
  test('is run in one of the user below /tmp', () => {
    expect(started()).toEqual({stdout: ['@n end', 'still here'], stderr: ''})
    expect(existsSync(`${base}/test-1/script`)).toBe(true)
  })

  test('is run there, too, where the folder is that of somebody else', () => {
    expect(started({XDG_RUNTIME_DIR: '/nonexistent'}).stdout).toEqual(['@n end', 'still here'])
    expect(existsSync(`${base}/test-1/script`)).toBe(true)
  })

  test('is not run where the lock cannot be taken, which is told, and does not end the shell', () => {
    mkdirSync(`${base}.lock`)
    const {stdout} = started()
    expect(stdout[0]).toBe('@n unlocked 0')
    expect(stdout[1]).toMatch(/provision-59999\.lock: Is a directory/)
    expect(stdout.slice(2)).toEqual(['@n end', 'still here'])
  })

  test.skipIf(process.getuid?.() !== 0)('is not run in a folder that somebody else has made', () => {
    mkdirSync(base)
    chownSync(base, 65_534, 65_534)
    expect(started()).toEqual({stdout: ['still here'], stderr: `${base} belongs to another user`})
  })
})
