import {execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, readFileSync, unlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {agentKeys, narrowAgent} from '../../src/transport/agent.ts'
import {keyProblem} from '../../src/transport/client.ts'
import {readKeyFile} from '../../src/transport/private-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'provision-keys-'))
const socket = join(folder, 'agent')
const agent = spawn('ssh-agent', ['-D', '-a', socket], {stdio: ['ignore', 'pipe', 'ignore']})
// It says where it listens as soon as it does.
beforeAll(() => once(agent.stdout, 'data'))
afterAll(() => agent.kill())

/** A key pair made by OpenSSH; gives the public key's wire form. */
function makeKey(name: string, ...words: readonly string[]): Buffer {
  execFileSync('ssh-keygen', ['-q', '-f', join(folder, name), ...words])
  return Buffer.from(readFileSync(join(folder, `${name}.pub`), 'utf8').split(' ')[1] ?? '', 'base64')
}

test('the public half of a key is read without its passphrase', async () => {
  const key = makeKey('locked', '-t', 'ed25519', '-N', 'secret')
  unlinkSync(join(folder, 'locked.pub'))
  const {isPrivate, isEncrypted, publicKey} = await readKeyFile(join(folder, 'locked'))
  expect({isPrivate, isEncrypted, publicKey}).toEqual({isPrivate: true, isEncrypted: true, publicKey: key})
})

test('a key of an older format has its public half beside it', async () => {
  const key = makeKey('old', '-t', 'rsa', '-m', 'PEM', '-N', '')
  const {isPrivate, isEncrypted, publicKey} = await readKeyFile(join(folder, 'old'))
  expect({isPrivate, isEncrypted, publicKey}).toEqual({isPrivate: true, isEncrypted: false, publicKey: key})
  expect((await readKeyFile(join(folder, 'old.pub'))).isPrivate).toBe(false)
})

test('a passphrase is right or not', async () => {
  makeKey('typed', '-t', 'ecdsa', '-N', 'secret')
  const text = readFileSync(join(folder, 'typed'), 'utf8')
  expect(await keyProblem(text, 'secret')).toBeUndefined()
  expect(await keyProblem(text, 'other')).toMatch(/bad passphrase/)
})

test('an agent shows only the keys that are wanted', async () => {
  const keys = ['one', 'two', 'three'].map(name => makeKey(name, '-t', 'ed25519', '-N', ''))
  const files = ['one', 'two', 'three'].map(name => join(folder, name))
  execFileSync('ssh-add', ['-q', ...files], {env: {...process.env, SSH_AUTH_SOCK: socket}})
  expect(await agentKeys(socket)).toEqual(keys)
  const narrow = await narrowAgent(socket, keys.slice(1, 2))
  expect(await agentKeys(narrow.path)).toEqual(keys.slice(1, 2))
  narrow.close()
})

test('an agent that is not there has no keys', async () => {
  expect(await agentKeys(join(folder, 'nothing'))).toEqual([])
})
