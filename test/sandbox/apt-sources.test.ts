import {expect, test} from 'vitest'
import {aptSources, parseMirrors} from '../../src/sandbox/apt-sources.ts'

const mirrors = {debian: 'http://mirror.test/debian/', security: 'http://mirror.test/debian-security/'}

test('mirrors are found by the label that the archive gives itself', () => {
  const lines = [
    'Third Party|http://other.test/',
    'Debian|http://mirror.test/debian/',
    'Debian|http://mirror.test/debian/',
    'Debian-Security|http://mirror.test/debian-security/',
  ]
  expect(parseMirrors(lines.join('\n'))).toEqual(mirrors)
})

test('a machine without security updates has none to hand on', () => {
  expect(parseMirrors('Debian|http://mirror.test/debian/')).toEqual({...mirrors, security: undefined})
})

test('a machine without a Debian archive has no mirrors', () => {
  expect(parseMirrors('')).toBeUndefined()
})

test('the sources of a host name its own release on the mirrors of the machine', () => {
  expect(aptSources(mirrors, 'trixie')).toMatchInlineSnapshot(`
    "Types: deb
    URIs: http://mirror.test/debian/
    Suites: trixie trixie-updates
    Components: main
    Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

    Types: deb
    URIs: http://mirror.test/debian-security/
    Suites: trixie-security
    Components: main
    Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
    "
  `)
})

test('the sources of a host leave out what the machine has no mirror for', () => {
  expect(aptSources({...mirrors, security: undefined}, 'bookworm')).toMatchInlineSnapshot(`
    "Types: deb
    URIs: http://mirror.test/debian/
    Suites: bookworm bookworm-updates
    Components: main
    Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
    "
  `)
})
