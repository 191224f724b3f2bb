import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {makeCertificates} from '../modules/local-servers.ts'
import {rendered, type Said} from './rendered.ts'

const files = ['00-http.conf', '10-others.conf', '20-chatwoot.conf']
const everything = {
  vars: {
    chatwoot_widget_test: true,
    chatwoot_hsts_seconds: 300,
    chatwoot_trusted_proxies: ['192.0.2.0/24', '2001:db8::1'],
  },
}

it('writes a main file with as many connections as nginx may open, and no more than its memory is for', () => {
  const connections = (open: number) =>
    /worker_connections (\d+);/.exec(rendered('nginx.conf.j2', {vars: {chatwoot_open_files: open}}))?.[1]
  expect([4096, 65536].map(connections)).toEqual(['4096', '8192'])
})

it.each(files)('writes %s like this', file => {
  expect(rendered(`nginx/${file}.j2`)).toMatchSnapshot()
})

it('adds what is asked for', () => {
  const plain = files
    .map(file => rendered(`nginx/${file}.j2`))
    .join('')
    .split('\n')
  const full = files
    .map(file => rendered(`nginx/${file}.j2`, everything))
    .join('')
    .split('\n')
  expect(full.filter(line => !plain.includes(line))).toMatchSnapshot()
})

const version = spawnSync('nginx', ['-v'], {encoding: 'utf8'}).stderr?.match(/nginx\/(\d+)\.(\d+)/)

describe.skipIf(!version)('is taken by the nginx of this machine', () => {
  it.each([
    ['as it is by default', {}],
    ['with everything', everything],
  ])('%s', (_, said) => {
    expect(check(said)).toContain('syntax is ok')
  })
})

/** Puts the files where a configuration of its own finds them. nginx opens its log anew, which only works on a pipe or file. */
function check(said: Said): string {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'))
  const {lasting} = makeCertificates()
  mkdirSync(join(folder, 'conf.d'))
  for (const file of files)
    writeFileSync(join(folder, 'conf.d', file), adapted(rendered(`nginx/${file}.j2`, said), lasting))
  writeFileSync(join(folder, 'nginx.conf'), placed(rendered('nginx.conf.j2', said), folder))
  return spawnSync('sh', ['-c', 'nginx -t -c "$0/nginx.conf" 2>&1 | cat', folder], {encoding: 'utf8'}).stdout
}

/** The main file with what it writes and includes in a folder. */
function placed(text: string, folder: string): string {
  return text
    .replace('/run/nginx.pid', `${folder}/pid`)
    .replace(/error_log .*/, 'error_log stderr;')
    .replace('/etc/nginx/conf.d', `${folder}/conf.d`)
}

/** `http2 on` came with 1.25.1; the certificates lie elsewhere in the container. */
function adapted(text: string, {key, certificate}: {readonly key: string; readonly certificate: string}): string {
  const [, major, minor] = version ?? []
  const old = Number(major) === 1 && Number(minor) < 26
  const here = text.replace('/etc/nginx/tls/key.pem', key).replace('/etc/nginx/tls/certificate.pem', certificate)
  return old ? here.replace('    http2 on;\n', '') : here
}
