import {createTransport} from 'nodemailer'

/** The one door to nodemailer, which talks to mail servers: a way to one of them, with a bound on each step of the talk. */
export function mailTransport(options: Parameters<typeof createTransport>[0] & object) {
  return createTransport({...patience, ...options})
}

const milliseconds = 15_000
const patience = {
  dnsTimeout: milliseconds,
  connectionTimeout: milliseconds,
  greetingTimeout: milliseconds,
  socketTimeout: milliseconds,
}
