import {expect, it} from 'vitest'
import {z} from 'zod'
import {compose, rendered, type Said} from './rendered.ts'

const service = z.object({
  image: z.string(),
  restart: z.string(),
  healthcheck: z.object({test: z.array(z.string())}),
  networks: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.object({condition: z.string(), restart: z.boolean().optional()})).optional(),
  env_file: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string()),
  mem_limit: z.string(),
  stop_grace_period: z.string(),
  security_opt: z.array(z.string()),
  logging: z.object({options: z.record(z.string(), z.string())}),
  deploy: z.object({replicas: z.number()}).optional(),
})

it('is this, for a host with 4 GB', () => {
  expect(rendered('compose.yml.j2')).toMatchSnapshot()
})

it('has one service for each part, and no other', () => {
  expect(Object.keys(services())).toEqual(['postgres', 'redis', 'web', 'worker', 'nginx'])
})

it('publishes nothing but nginx', () => {
  const published = Object.entries(services()).flatMap(([name, {ports}]) => (ports ? [[name, ports]] : []))
  expect(published).toEqual([['nginx', ['0.0.0.0:80:80', '0.0.0.0:443:443']]])
})

it('publishes on the addresses that it is told', () => {
  const said = {vars: {chatwoot_publish_addresses: ['192.0.2.1', '[2001:db8::1]']}}
  expect(services(said).nginx?.ports).toEqual([
    '192.0.2.1:80:80',
    '192.0.2.1:443:443',
    '[2001:db8::1]:80:80',
    '[2001:db8::1]:443:443',
  ])
})

it('waits for health, and starts web and worker anew with Redis', () => {
  const all = services()
  expect(Object.fromEntries(Object.entries(all).map(([name, {depends_on}]) => [name, depends_on]))).toEqual({
    postgres: undefined,
    redis: undefined,
    web: {postgres: {condition: 'service_healthy'}, redis: {condition: 'service_healthy', restart: true}},
    worker: {postgres: {condition: 'service_healthy'}, redis: {condition: 'service_healthy', restart: true}},
    nginx: {web: {condition: 'service_healthy'}},
  })
})

it('keeps data away from the outside: the network has no way out, nginx is not in it', () => {
  const networks = Object.fromEntries(Object.entries(services()).map(([name, one]) => [name, one.networks]))
  expect(networks).toEqual({
    postgres: ['data'],
    redis: ['data'],
    web: ['app', 'data'],
    worker: ['app', 'data'],
    nginx: ['app'],
  })
  expect(compose().networks).toEqual({app: {name: 'chatwoot_app'}, data: {name: 'chatwoot_data', internal: true}})
})

it('gives each service only its own secrets', () => {
  const files = Object.fromEntries(Object.entries(services()).map(([name, one]) => [name, one.env_file]))
  expect(files).toEqual({
    postgres: ['postgres.env'],
    redis: ['redis.env'],
    web: ['.env'],
    worker: ['.env'],
    nginx: undefined,
  })
  expect(rendered('compose.yml.j2')).not.toMatch(/rPassword|aPassword|uPassword|sKeyBase/)
})

it('names project and volumes once and for all', () => {
  const {name, volumes} = compose()
  expect({name, volumes}).toEqual({
    name: 'chatwoot',
    volumes: {
      postgres: {name: 'chatwoot_postgres'},
      redis: {name: 'chatwoot_redis'},
      storage: {name: 'chatwoot_storage'},
    },
  })
})

it('shares uploads between web and worker', () => {
  const {web, worker} = services()
  expect([web?.volumes[0], worker?.volumes[0]]).toEqual(['storage:/app/storage', 'storage:/app/storage'])
})

it('keeps the memory of the worker together', () => {
  expect(services().worker?.environment).toEqual({MALLOC_ARENA_MAX: '2'})
})

it.each([
  [2000, {web: '900m', worker: '800m', postgres: '512m', redis: '192m', nginx: '128m', workers: 1}],
  [4000, {web: '1400m', worker: '1200m', postgres: '1024m', redis: '384m', nginx: '128m', workers: 1}],
  [8000, {web: '2400m', worker: '1600m', postgres: '2048m', redis: '512m', nginx: '128m', workers: 1}],
  [16000, {web: '4500m', worker: '2000m', postgres: '4096m', redis: '1024m', nginx: '128m', workers: 2}],
])('takes ceilings of memory that fit a host with %i MB', (memory, expected) => {
  const all = services({memory})
  const ceilings = Object.fromEntries(Object.entries(all).map(([name, {mem_limit}]) => [name, mem_limit]))
  expect({...ceilings, workers: all.worker?.deploy?.replicas}).toEqual(expected)
})

it('nails images down to their digests', () => {
  const said = {
    vars: {chatwoot_image_digest: 'sha256:12', redis_image_digest: 'sha256:34', chatwoot_version: 'v4.11.0-ce'},
  }
  const {web, redis, nginx} = services(said)
  expect([web?.image, redis?.image, nginx?.image]).toEqual([
    'chatwoot/chatwoot:v4.11.0-ce@sha256:12',
    'redis:8.0-alpine@sha256:34',
    'nginx:1.28-alpine',
  ])
})

function services(said?: Said) {
  return z.record(z.string(), service).parse(compose(said).services)
}
