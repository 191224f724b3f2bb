import type {Server} from 'node:net'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {tls_certificate} from '../../src/modules/tls-certificate.ts'
import {listenHttps, makeCertificates, runModule} from './local-servers.ts'

const certificates = makeCertificates()
let servers: Server[] = []
let lasting = 0
let short = 0

beforeAll(async () => {
  const one = await listenHttps(certificates.lasting.pem, (_, response) => response.end())
  const two = await listenHttps(certificates.short.pem, (_, response) => response.end())
  servers = [one.server, two.server]
  lasting = one.port
  short = two.port
})

afterAll(() => {
  for (const server of servers) server.close()
})

it('accepts the right one', async () => {
  const {result} = await look({port: lasting, min_days: 30, same_as: certificates.lasting.certificate})
  expect(result).toMatchObject({subject: 'CN=chat.test', names: 'DNS:chat.test', trusted: false})
})

it('refuses one for another name', async () => {
  await expect(look({port: lasting, server_name: 'mail.test'})).rejects.toThrow(
    'The certificate of mail.test is for DNS:chat.test',
  )
})

it('refuses one that ends soon', async () => {
  await expect(look({port: short, min_days: 30})).rejects.toThrow(/ends on .*, in less than 30 days/)
})

it('refuses one that nobody vouches for', async () => {
  await expect(look({port: lasting, trusted: true})).rejects.toThrow('is not trusted here: DEPTH_ZERO_SELF_SIGNED_CERT')
})

it('refuses one that is not that of the file', async () => {
  const {certificate} = certificates.short
  await expect(look({port: lasting, same_as: certificate})).rejects.toThrow(`is not that of ${certificate}`)
})

it('says when nobody listens', async () => {
  await expect(look({port: 1})).rejects.toThrow(
    'No TLS with 127.0.0.1:1 as chat.test: connect ECONNREFUSED 127.0.0.1:1',
  )
})

function look(args: {readonly [name: string]: string | number | boolean}) {
  return runModule(tls_certificate, {server_name: 'chat.test', trusted: false, ...args})
}
