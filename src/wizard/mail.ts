import {mailTransport} from '../mail.ts'
import type {Values} from '../module.ts'

/** Connects to a mail server as Chatwoot will, up to the login; says why that does not work. Nothing is sent. */
export async function mailProblem(smtp: Values): Promise<string | undefined> {
  const transport = mailTransport(optionsOf(smtp))
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
  return {
    host: String(address),
    port: Number(port ?? (secure ? 465 : 587)),
    secure,
    requireTLS: !secure && (starttls === undefined || isOn(starttls)),
    ignoreTLS: starttls !== undefined && !isOn(starttls),
    tls: {rejectUnauthorized: verify !== 'none'},
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
