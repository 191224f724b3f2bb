import {join} from 'node:path'
import {expect, it} from 'vitest'
import {readDeclared} from '../../src/argument-spec/read-declared.ts'
import {randomText} from '../../src/secrets/random-text.ts'
import {renderedEnvironment} from './rendered.ts'

it('is this without mail and with storage on the host', () => {
  expect(renderedEnvironment('chatwoot')).toMatchSnapshot()
})

it('is this with mail and S3', () => {
  const vars = {
    chatwoot_smtp: {address: 'smtp.example.com', username: 'chat', password: 'it\'s $1 "x" #y'},
    chatwoot_storage: {service: 'amazon', bucket: 'files', access_key: 'A', secret_key: 'B', region: 'eu-central-1'},
  }
  expect(renderedEnvironment('chatwoot', {vars})).toMatchSnapshot()
})

it('turns STARTTLS off where TLS is there from the start', () => {
  const text = renderedEnvironment('chatwoot', {
    vars: {chatwoot_smtp: {address: 'smtp.example.com', port: 465, tls: true}},
  })
  expect(text.match(/^SMTP_.*/gm)).toEqual([
    "SMTP_ADDRESS='smtp.example.com'",
    "SMTP_DOMAIN='chat.example.com'",
    "SMTP_ENABLE_STARTTLS_AUTO='false'",
    "SMTP_OPENSSL_VERIFY_MODE='peer'",
    "SMTP_PORT='465'",
    "SMTP_TLS='true'",
  ])
})

it('lets an inventory add variables and change them, and leaves out what is empty', () => {
  const text = renderedEnvironment('chatwoot', {
    vars: {chatwoot_env: {LOG_LEVEL: 'debug', HELPCENTER_URL: '', X: 0, Y: false, Z: null}},
  })
  expect(text.match(/^(LOG_LEVEL|HELPCENTER_URL|X|Y|Z)=.*/gm)).toEqual(["LOG_LEVEL='debug'", "X='0'", "Y='false'"])
})

it('gives PostgreSQL and Redis no more than they need', () => {
  const lines = [renderedEnvironment('postgres'), renderedEnvironment('redis')].flatMap(text => text.match(/^[^#].*/gm))
  expect(lines).toEqual([
    "CHATWOOT_PASSWORD='aPassword'",
    "POSTGRES_PASSWORD='uPassword'",
    "POSTGRES_USER='postgres'",
    "REDIS_PASSWORD='rPassword'",
  ])
})

it('generates an admin password that Chatwoot accepts', async () => {
  const declared = await readDeclared(join(import.meta.dirname, '../../playbooks'))
  const {length = 0, chars = []} = declared?.options.chatwoot_admin_password?.generate ?? {}
  const password = randomText(length, chars)
  expect(password).toMatch(/^[A-Za-z][\w\-.:+@!%]{39}$/)
  for (const kind of [/[A-Z]/, /[a-z]/, /\d/, /[-_.:+@!%]/]) expect(password).toMatch(kind)
})
