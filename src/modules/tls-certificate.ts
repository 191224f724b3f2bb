import {X509Certificate} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {connect, type TLSSocket} from 'node:tls'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {fromHome} from '../home-folder.ts'
import {type Controller, controllerModule} from '../module.ts'
import {bool, count} from './arguments.ts'
import {reasonOf} from './connect-to.ts'

const schema = z.strictObject({
  host: z
    .string()
    .min(1)
    .optional()
    .describe("Address that is connected to; without it the host's own, as provision reaches it."),
  port: count.default(443).describe('TCP port.'),
  server_name: z.string().min(1).describe('Name that is asked for and that the certificate must be for.'),
  trusted: bool.default(true).describe('The chain must lead to an authority that this machine trusts.'),
  min_days: count.default(0).describe('Days that the certificate must still be valid.'),
  same_as: z
    .string()
    .optional()
    .describe('PEM file on the controller with the very certificate that must be shown; empty means any.'),
  timeout: count.default(15).describe('Seconds until the handshake must be over.'),
})

type Wanted = z.infer<typeof schema>

/** tls_certificate: looks from outside at the certificate that a server shows. */
export const tls_certificate = controllerModule<Wanted>({
  name: 'tls_certificate',
  summary: 'Looks from where provision runs at the certificate that a TLS server shows, and fails unless it is right.',
  topic: 'outside',
  example: {
    name: 'Certificate is right',
    tls_certificate: {server_name: 'chat.example.com', min_days: 14},
    delegate_to: 'localhost',
  },
  schema,
  run: async (wanted, controller) => {
    const socket = await shake(wanted, controller)
    const certificate = socket.getPeerX509Certificate()
    socket.destroy()
    if (!certificate) throw new TaskError({message: `${wanted.server_name} shows no certificate`})
    const faults = await faultsOf(wanted, certificate, socket)
    if (faults.length > 0)
      throw new TaskError({message: `The certificate of ${wanted.server_name} ${faults.join('; it ')}`})
    return {
      changed: false,
      message: `valid until ${certificate.validTo}`,
      result: {...described(certificate), trusted: socket.authorized},
    }
  },
})

function shake(wanted: Wanted, controller: Controller): Promise<TLSSocket> {
  const host = wanted.host ?? controller.address
  const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(wanted.timeout * 1000)])
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new TaskError({message: `No TLS with ${host}:${wanted.port} as ${wanted.server_name}: ${reason}`}))
    const socket = connect({host, port: wanted.port, servername: wanted.server_name, rejectUnauthorized: false})
    signal.addEventListener('abort', () => socket.destroy(new Error(`no handshake within ${wanted.timeout} seconds`)), {
      once: true,
    })
    socket.once('error', error => fail(reasonOf(error)))
    socket.once('secureConnect', () => resolve(socket))
  })
}

async function faultsOf(wanted: Wanted, certificate: X509Certificate, socket: TLSSocket): Promise<readonly string[]> {
  const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000
  const same = wanted.same_as ? new X509Certificate(await readFile(fromHome(wanted.same_as))) : undefined
  return [
    ...(certificate.checkHost(wanted.server_name)
      ? []
      : [`is for ${certificate.subjectAltName ?? certificate.subject}`]),
    ...(days < wanted.min_days ? [`ends on ${certificate.validTo}, in less than ${wanted.min_days} days`] : []),
    ...(Date.parse(certificate.validFrom) > Date.now() ? [`only begins on ${certificate.validFrom}`] : []),
    ...(wanted.trusted && !socket.authorized ? [`is not trusted here: ${reasonOf(socket.authorizationError)}`] : []),
    ...(same && same.fingerprint256 !== certificate.fingerprint256 ? [`is not that of ${wanted.same_as}`] : []),
  ]
}

function described(certificate: X509Certificate) {
  const {subject, issuer, subjectAltName = '', validFrom, validTo, fingerprint256} = certificate
  return {
    subject,
    issuer,
    names: subjectAltName,
    not_before: validFrom,
    not_after: validTo,
    fingerprint: fingerprint256,
  }
}
