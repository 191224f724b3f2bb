import {Resolver} from 'node:dns/promises'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Controller, controllerModule} from '../module.ts'
import {count} from './arguments.ts'
import {reasonOf} from './connect-to.ts'
import {send} from './http-request.ts'

const schema = z.strictObject({
  domains: z.array(z.string().min(1)).min(1).describe('Names that are looked at.'),
  path: z.string().regex(/^\//, 'must begin with /').describe('What is asked for over HTTP, on port 80.'),
  content: z.string().min(1).describe('What the answer must begin with.'),
  name_servers: z
    .array(z.string().min(1))
    .default([])
    .describe("Addresses of the name servers that are asked, instead of this machine's own."),
  timeout: count.default(10).describe('Seconds for each question.'),
})

type Wanted = z.infer<typeof schema>

/** http_challenge: looks whether an authority that asks a domain over HTTP would end at the host. */
export const http_challenge = controllerModule<Wanted>({
  name: 'http_challenge',
  summary:
    'Looks from where provision runs whether names resolve, and whether each of their addresses serves a file on port 80.',
  topic: 'outside',
  example: {
    name: 'An authority would find the host',
    http_challenge: {domains: ['chat.example.com'], path: '/.well-known/acme-challenge/check', content: 'chat1'},
    delegate_to: 'localhost',
  },
  schema,
  run: async (wanted, controller) => {
    const found = await Promise.all(wanted.domains.map(domain => look(domain, wanted, controller)))
    const faults = found.flatMap(({faults}) => faults)
    if (faults.length > 0) throw new TaskError({message: faults.join('\n'), hint: hintFor(wanted, controller)})
    const addresses = Object.fromEntries(found.map(({domain, addresses}) => [domain, addresses]))
    return {changed: false, result: {addresses}}
  },
})

type Found = {readonly domain: string; readonly addresses: readonly string[]; readonly faults: readonly string[]}

async function look(domain: string, wanted: Wanted, controller: Controller): Promise<Found> {
  const addresses = await resolve(domain, wanted)
  if (addresses.length === 0) return {domain, addresses, faults: [`${domain} does not resolve to any address`]}
  const said = await Promise.all(addresses.map(address => fault(domain, address, wanted, controller)))
  return {domain, addresses, faults: said.filter(one => one !== undefined)}
}

/** The addresses of both families; authorities prefer IPv6 where there is one. */
async function resolve(domain: string, {name_servers, timeout}: Wanted): Promise<readonly string[]> {
  const resolver = new Resolver({timeout: timeout * 1000, tries: 2})
  if (name_servers.length > 0) resolver.setServers(name_servers)
  const none = (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOTFOUND' || code === 'ENODATA') return []
    throw new TaskError({message: `The name service does not tell the address of ${domain}: ${reasonOf(error)}`})
  }
  const answers = await Promise.all([resolver.resolve4(domain).catch(none), resolver.resolve6(domain).catch(none)])
  return answers.flat()
}

async function fault(
  domain: string,
  address: string,
  wanted: Wanted,
  {signal}: Controller,
): Promise<string | undefined> {
  const where = `${domain} (${address})`
  try {
    const answer = await send({
      url: `http://${domain}${wanted.path}`,
      method: 'GET',
      headers: {},
      body: undefined,
      validateCertificates: true,
      connectTo: address,
      follow: 'none',
      signal: AbortSignal.any([signal, AbortSignal.timeout(wanted.timeout * 1000)]),
    })
    if (answer.status !== 200) return `${where} answers ${answer.status} on port 80 for ${wanted.path}`
    if (answer.body.toString().startsWith(wanted.content)) return undefined
    return `${where} serves something else for ${wanted.path}: is it another machine?`
  } catch (error) {
    return `${where} does not answer on port 80: ${reasonOf(error)}`
  }
}

function hintFor({domains}: Wanted, {address}: Controller): string {
  const names = domains.length === 1 ? 'the name' : 'each name'
  return `Have ${names} point to the host (as provision reaches it: ${address}) and let port 80 through`
}
