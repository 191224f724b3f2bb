import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {
  fingerprint,
  judge,
  keyType,
  knownHostLine,
  knownTypes,
  parseKnownHosts,
} from '../../src/transport/known-hosts.ts'

const folder = mkdtempSync(join(tmpdir(), 'known-hosts-'))

/** A key pair made by OpenSSH; gives the public key's wire form. */
function makeKey(name: string, type: string): Buffer {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', join(folder, name)])
  return Buffer.from(readFileSync(join(folder, `${name}.pub`), 'utf8').split(' ')[1] ?? '', 'base64')
}

const key = makeKey('one', 'ed25519')
const other = makeKey('two', 'ed25519')
const ecdsa = makeKey('three', 'ecdsa')

/** The line hashed by OpenSSH itself. */
function hashed(line: string): string {
  const file = join(folder, 'hashed')
  writeFileSync(file, `${line}\n`)
  execFileSync('ssh-keygen', ['-q', '-H', '-f', file], {stdio: 'ignore'})
  return readFileSync(file, 'utf8')
}

const verdict = (text: string, host: string, port = 22, shown = key) => judge(parseKnownHosts(text), host, port, shown)

describe('a host key', () => {
  test('is known under its name, and its address', () => {
    const line = knownHostLine('web1,192.0.2.1', 22, key)
    expect(verdict(line, 'web1')).toBe('known')
    expect(verdict(line, '192.0.2.1')).toBe('known')
    expect(verdict(line, 'WEB1')).toBe('known')
    expect(verdict(line, 'web2')).toBe('unknown')
  })

  test('is known at its port only', () => {
    const line = knownHostLine('web1', 2222, key)
    expect(line).toMatch(/^\[web1]:2222 ssh-ed25519 /)
    expect(verdict(line, 'web1', 2222)).toBe('known')
    expect(verdict(line, 'web1')).toBe('unknown')
  })

  test('is known where OpenSSH hashed the name', () => {
    const text = hashed(knownHostLine('web1', 22, key))
    expect(text).toMatch(/^\|1\|/)
    expect(verdict(text, 'web1')).toBe('known')
    expect(verdict(text, 'web2')).toBe('unknown')
    expect(verdict(hashed(knownHostLine('web1', 2222, key)), 'web1', 2222)).toBe('known')
  })

  test('is known by patterns, but not where one says no', () => {
    const line = knownHostLine('*.example.com,!bad.example.com', 22, key)
    expect(verdict(line, 'a.example.com')).toBe('known')
    expect(verdict(line, 'bad.example.com')).toBe('unknown')
  })

  test('has changed when the host has another one, of whatever type', () => {
    const line = knownHostLine('web1', 22, key)
    expect(verdict(line, 'web1', 22, other)).toBe('changed')
    expect(verdict(line, 'web1', 22, ecdsa)).toBe('changed')
    expect(verdict(`${line}\n${knownHostLine('web1', 22, ecdsa)}`, 'web1', 22, ecdsa)).toBe('known')
  })

  test('that is revoked is refused although it is known', () => {
    const line = knownHostLine('web1', 22, key)
    expect(verdict(`${line}\n@revoked * ${line.split(' ').slice(1).join(' ')}`, 'web1')).toBe('revoked')
  })

  test('of an authority says nothing about the host itself', () => {
    expect(verdict(`@cert-authority ${knownHostLine('web1', 22, key)}`, 'web1')).toBe('unknown')
  })

  test('shows its type and the fingerprint that OpenSSH shows', () => {
    const shown = execFileSync('ssh-keygen', ['-lf', join(folder, 'one.pub')], {encoding: 'utf8'}).split(' ')[1]
    expect(fingerprint(key)).toBe(shown)
    expect(keyType(ecdsa)).toBe('ecdsa-sha2-nistp256')
    expect(knownTypes(parseKnownHosts(`# comment\n\n${knownHostLine('web1', 22, key)}`), 'web1', 22)).toEqual([
      'ssh-ed25519',
    ])
  })
})
