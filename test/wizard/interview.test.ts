import {join} from 'node:path'
import {expect, test} from 'vitest'
import {readDeclared} from '../../src/argument-spec/read-declared.ts'
import {packageRoot} from '../../src/package-root.ts'
import {askInput, askRequired, askTopics, type Interview} from '../../src/wizard/interview.ts'
import {proposalIn, variablesFrom} from '../../src/wizard/proposals.ts'
import type {Question} from '../../src/wizard/question.ts'
import {topicsWithOptions} from '../../src/wizard/topics.ts'

const read = await readDeclared(join(packageRoot, 'playbooks'))
if (!read) throw new Error('the site declares nothing')
const declared = read
const facts = {ansible_memtotal_mb: 4000, ansible_distribution: 'Debian', ansible_distribution_release: 'trixie'}

/** Answers by key; whoever is not answered takes the proposal. Everything that was asked is written down. */
function people(answers: {readonly [key: string]: string}) {
  const asked: Question[] = []
  const interview: Interview = {
    ask: async question => {
      asked.push(question)
      return answers[question.key] ?? question.fallback ?? ''
    },
    proposal: (name, said) => proposalIn(variablesFrom(declared, facts, said), name),
  }
  return {interview, asked, keys: () => asked.map(({key, fallback}) => (fallback ? `${key} (${fallback})` : key))}
}

const all = (topics: string, answers: {readonly [key: string]: string} = {}) => {
  const someone = people({topics, ...answers})
  const said = {chatwoot_domain: 'chat.example.com', chatwoot_admin_email: 'admin@example.com'}
  const values = askTopics(topicsWithOptions(declared), said, someone.interview)
  return values.then(values => ({values, keys: someone.keys(), asked: someone.asked}))
}

test('what has no default is asked first, with an example', async () => {
  const {interview, asked} = people({chatwoot_domain: 'chat.example.com', chatwoot_admin_email: 'me@example.com'})
  expect(await askRequired(declared.options, interview)).toEqual({
    chatwoot_domain: 'chat.example.com',
    chatwoot_admin_email: 'me@example.com',
  })
  expect(asked.map(({message}) => message)).toMatchInlineSnapshot(`
    [
      "chatwoot_domain: The name that browsers use, without https:// and without a slash. Such as chat.example.com.",
      "chatwoot_admin_email: Whoever signs in first; also the super admin. Changing it later makes a second admin. Such as admin@example.com.",
    ]
  `)
})

test('an answer is judged as a run judges it', async () => {
  const {interview, asked} = people({chatwoot_domain: 'x', chatwoot_admin_email: 'x'})
  await askRequired(declared.options, interview)
  const [domain] = asked
  expect(['', 'https://x.de/', 'chat.example.com'].map(text => domain?.isWrong?.(text))).toMatchInlineSnapshot(`
    [
      "the input "chatwoot_domain" is missing; expected: such as chat.example.com",
      "the input "chatwoot_domain" cannot be "https://x.de/"; expected: such as chat.example.com",
      undefined,
    ]
  `)
})

test('every topic with something to say is offered', async () => {
  const {asked, values} = await all('')
  expect(asked[0]?.choices?.map(({value}) => value)).toMatchInlineSnapshot(`
    [
      "the site",
      "the first admin",
      "TLS",
      "network",
      "sizes",
      "drift",
      "mail",
      "storage of uploads",
      "Chatwoot's settings",
      "Docker",
      "limits of time",
      "secrets",
    ]
  `)
  expect(values).toEqual({chatwoot_domain: 'chat.example.com', chatwoot_admin_email: 'admin@example.com'})
})

test('what depends on an answer is asked only where it matters', async () => {
  expect((await all('TLS')).keys).toMatchInlineSnapshot(`
    [
      "topics",
      "chatwoot_tls (selfsigned)",
      "more.TLS",
    ]
  `)
  const email = {chatwoot_tls: 'letsencrypt', chatwoot_acme_email: 'me@example.com'}
  const ordered = await all('TLS', email)
  expect(ordered.keys).toMatchInlineSnapshot(`
    [
      "topics",
      "chatwoot_tls (selfsigned)",
      "chatwoot_acme_email",
      "more.TLS",
    ]
  `)
  expect(ordered.values).toMatchObject(email)
  expect((await all('TLS', {chatwoot_tls: 'provided'})).keys).toMatchInlineSnapshot(`
    [
      "topics",
      "chatwoot_tls (selfsigned)",
      "chatwoot_tls_certificate",
      "chatwoot_tls_key",
      "more.TLS",
    ]
  `)
})

test('mail is asked part by part, and without a server there is none', async () => {
  const answers = {
    'chatwoot_smtp.address': 'smtp.example.com',
    'chatwoot_smtp.port': '465',
    'chatwoot_smtp.username': 'me',
    'chatwoot_smtp.password': 'secret',
    'chatwoot_smtp.tls': 'true',
    'more.chatwoot_smtp': 'verify',
    'chatwoot_smtp.verify': 'none',
  }
  const {values, keys, asked} = await all('mail', answers)
  expect(keys).toMatchInlineSnapshot(`
    [
      "topics",
      "chatwoot_smtp.address",
      "chatwoot_smtp.port",
      "chatwoot_smtp.username",
      "chatwoot_smtp.password",
      "chatwoot_smtp.tls",
      "more.chatwoot_smtp",
      "chatwoot_smtp.verify",
      "chatwoot_mail_sender (Chatwoot <no-reply@chat.example.com>)",
    ]
  `)
  expect(asked.find(({key}) => key === 'chatwoot_smtp.password')?.kind).toBe('secret')
  expect(values.chatwoot_smtp).toEqual({
    address: 'smtp.example.com',
    port: 465,
    username: 'me',
    password: 'secret',
    tls: true,
    verify: 'none',
  })
  expect(await askInput('chatwoot_smtp', declared.options.chatwoot_smtp ?? {}, {}, people({}).interview)).toBe(
    undefined,
  )
})

test('a bucket is asked for only where uploads go into one', async () => {
  expect((await all('storage of uploads', {'chatwoot_storage.service': 'local'})).values).not.toHaveProperty(
    'chatwoot_storage',
  )
  const bucket = {'chatwoot_storage.service': 's3_compatible', 'chatwoot_storage.bucket': 'uploads'}
  const {keys, values} = await all('storage of uploads', bucket)
  expect(keys).toMatchInlineSnapshot(`
    [
      "topics",
      "chatwoot_storage.service",
      "chatwoot_storage.bucket",
      "chatwoot_storage.access_key",
      "chatwoot_storage.secret_key",
      "chatwoot_storage.region",
      "chatwoot_storage.endpoint",
      "chatwoot_storage.force_path_style",
    ]
  `)
  expect(values.chatwoot_storage).toEqual({service: 's3_compatible', bucket: 'uploads'})
})

test('sizes are proposed from the memory that was found; lists, maps and numbers are read', async () => {
  const {keys, values} = await all('sizes,drift', {
    'more.sizes': 'chatwoot_web_memory,chatwoot_swap,chatwoot_sysctl',
    'more.drift': 'drift_failed_units',
    chatwoot_swap: '0',
    chatwoot_sysctl: '{}',
    drift_failed_units: 'a.service, b.service',
  })
  expect(keys).toMatchInlineSnapshot(`
    [
      "topics",
      "chatwoot_size (medium)",
      "more.sizes",
      "chatwoot_web_memory (1400)",
      "chatwoot_swap (1024)",
      "chatwoot_sysctl ({"vm.overcommit_memory":1})",
      "more.drift",
      "drift_failed_units",
    ]
  `)
  expect(values).toMatchObject({chatwoot_swap: 0, chatwoot_sysctl: {}, drift_failed_units: ['a.service', 'b.service']})
  expect(values).not.toHaveProperty('chatwoot_size')
})
