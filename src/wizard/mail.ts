import {createTransport} from '../mail.ts'
import type {Values} from '../module.ts'

/** Seconds for each step of a talk with a mail server. */
const patience = 10

/** Connects to a mail server as Chatwoot will, up to the login; says why that does not work. Nothing is sent. */
export async function mailProblem(smtp: Values): Promise<string | undefined> {
  const transport = createTransport(optionsOf(smtp))
  try {
    await transport.verify()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    transport.close()
  }
}

/** Chatwoot's settings in the words of nodemailer. */
function optionsOf({address, port, domain, username, password, authentication, starttls, tls, verify}: Values) {
  const secure = isOn(tls)
  const milliseconds = patience * 1000
  return {
    host: String(address),
    port: Number(port ?? 587),
    secure,
    requireTLS: !secure && (starttls === undefined || isOn(starttls)),
    ignoreTLS: starttls !== undefined && !isOn(starttls),
    tls: {rejectUnauthorized: verify !== 'none'},
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    dnsTimeout: milliseconds,
    ...(domain !== undefined && {name: String(domain)}),
    ...(username !== undefined && {
      auth: {user: String(username), pass: String(password ?? '')},
      authMethod: String(authentication ?? 'plain')
        .toUpperCase()
        .replace('_', '-'),
    }),
  }
}

function isOn(value: unknown): boolean {
  return value === true || /^(true|yes|on|1)$/i.test(String(value))
}
