import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {SMTPServer} from 'smtp-server'
import {listen} from '../modules/local-servers.ts'

/** An authority of a test, made anew each time, with a certificate of the mail server at 127.0.0.1, and one for another name. */
export function makeAuthority(folder: string) {
  const file = (name: string) => join(folder, name)
  const openssl = (...words: readonly string[]) => execFileSync('openssl', words, {stdio: 'ignore'})
  const key = (name: string) => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    file(name),
  ]
  openssl('req', '-x509', ...key('ca.key'), '-out', file('ca.pem'), '-days', '2', '-subj', '/CN=Authority of a test')
  const issue = (name: string, names: string) => {
    const [own, certificate] = [`${name}.key`, file(`${name}.pem`)]
    const signed = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-addext', `subjectAltName=${names}`]
    openssl('req', '-x509', ...key(own), '-out', certificate, '-days', '2', '-subj', '/CN=mail.test', ...signed)
    return {key: readFileSync(file(own)), cert: readFileSync(certificate)}
  }
  return {ca: file('ca.pem'), own: issue('own', 'IP:127.0.0.1'), other: issue('other', 'DNS:elsewhere.test')}
}

/** What a mail server took: who logged in, over what, and the letter. */
type Letter = {
  readonly user: string
  readonly isEncrypted: boolean
  readonly to: string
  readonly letter: string
}

type Wanted = {
  readonly pem: {readonly key: Buffer; readonly cert: Buffer}
  /** TLS from the first byte; otherwise STARTTLS. */
  readonly secure: boolean
  readonly password: string
}

/** A mail server on a free port of 127.0.0.1 that lets `me` in with a password, over TLS alone. `answers`: what the next letters are refused with. */
export async function mailServer({pem, secure, password}: Wanted) {
  const letters: Letter[] = []
  const answers: number[] = []
  const logins: string[] = []
  const server = new SMTPServer({
    ...pem,
    secure,
    onAuth: (auth, _, done) => {
      logins.push(auth.username ?? '')
      if (auth.username === 'me' && auth.password === password) return done(null, {user: auth.username})
      done(Object.assign(new Error('wrong name or password'), {responseCode: 535}))
    },
    onData: (stream, {user, secure: isEncrypted, envelope}, done) => {
      void text(stream).then(letter => {
        const refusal = answers.shift()
        if (refusal !== undefined) return done(Object.assign(new Error('not now'), {responseCode: refusal}))
        const to = envelope.rcptTo.map(({address}) => address).join(', ')
        letters.push({user: String(user), isEncrypted, to, letter})
        done()
      })
    },
  })
  // Whoever is refused a certificate hangs up.
  server.on('error', () => undefined)
  const {port} = await listen(server.server)
  return {port, letters, answers, logins, close: () => server.close()}
}
