import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {alternativeNames} from './alternative-names.ts'
import {fields} from './answer.ts'
import {absolutePath, bool, count} from './arguments.ts'

const letsEncrypt = 'https://acme-v02.api.letsencrypt.org/directory'

const schema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]+$/, 'must be letters, digits, dots and dashes')
    .describe("certbot's name of the certificate: its folder below /etc/letsencrypt/live."),
  domains: z.array(z.string().min(1)).min(1).describe('Names that the certificate is for, the first one first.'),
  webroot: absolutePath.describe('Folder below which the web server finds /.well-known/acme-challenge/.'),
  server: z.url().default(letsEncrypt).describe("The authority's ACME directory."),
  email: z.string().default('').describe('Where the authority writes to; empty registers without an address.'),
  rehearse: bool
    .default(true)
    .describe("Has certbot go through it with Let's Encrypt's staging server first; a failure there costs nothing."),
  valid_for: count
    .default(1)
    .describe(
      'A certificate that is valid for fewer days is ordered anew; renewing in time is for the timer of certbot.',
    ),
  installed: absolutePath.describe('File that the hook copies the chain to; when it is another one, the hook runs.'),
  deploy_hook: absolutePath.describe(
    'Program that brings a new certificate into use; the folder is in RENEWED_LINEAGE.',
  ),
})

type Wanted = z.infer<typeof schema>

type State = {
  readonly domains: readonly string[]
  /** Undefined without a certificate. */
  readonly serial: string | undefined
  readonly ends: string
  readonly server: string
  readonly lasts: boolean
  readonly installed: boolean
  /** Until when the authority wants to be left alone. */
  readonly wait: string | undefined
}

/** certbot_certificate: a certificate of an ACME authority, by certbot and a web server's folder. */
export const certbot_certificate = hostModule<Wanted, State>({
  name: 'certbot_certificate',
  summary: 'Has certbot order a certificate when there is none that fits, and brings it into use.',
  topic: 'files',
  example: {
    name: "Let's Encrypt's certificate",
    certbot_certificate: {
      name: 'site',
      domains: ['chat.example.com'],
      webroot: '/srv/acme',
      installed: '/srv/tls/certificate.pem',
      deploy_hook: '/etc/letsencrypt/renewal-hooks/deploy/site',
    },
  },
  schema,
  probe: ({name, valid_for, installed}) => sh`d=${liveFolder(name)}; w=${waitFile(name)}
if [ -f "$d/cert.pem" ]; then
x() { openssl x509 -in "$d/cert.pem" -noout "$@" 2>/dev/null; }
printf 'names=%s\n' "$(x -ext subjectAltName | sed 1d | tr -d ' \n')"
x -serial; x -enddate
sed -n 's/^server = /server=/p' ${renewalFile(name)}
if x -checkend ${valid_for * 86_400} >/dev/null; then echo lasts=yes; fi
if cmp -s "$d/fullchain.pem" ${installed}; then echo installed=yes; fi
fi
if [ -s "$w" ] && [ "$(cat "$w")" -gt "$(date +%s)" ]; then date -u -d "@$(cat "$w")" '+wait=%F %T UTC'; fi`,
  parse(answer) {
    const {names = '', serial, notAfter = '', server = '', lasts, installed, wait} = fields(answer)
    const domains = alternativeNames(names).map(name => name.replace(/^DNS:/, ''))
    return {domains, serial, ends: notAfter, server, lasts: lasts === 'yes', installed: installed === 'yes', wait}
  },
  plan(state, wanted): readonly Change[] {
    const before = reason(state, wanted)
    if (before === undefined)
      return state.installed ? [] : [{what: 'installed', before: 'another certificate', after: wanted.installed}]
    if (state.wait) throw leftAlone(state.wait)
    return [{what: 'certificate', before, after: wanted.domains.join(', ')}]
  },
  apply: (change, wanted) => (change.what === 'installed' ? deploy(wanted) : order(wanted)),
  result: ({domains, serial = null, ends, server}) => ({domains, serial, not_after: ends, server}),
})

/** Why an order is due, told by what is there; null: nothing is. */
function reason(state: State, wanted: Wanted): string | null | undefined {
  if (state.serial === undefined) return null
  if (state.domains.toSorted().join() !== wanted.domains.toSorted().join()) return state.domains.join(', ')
  if (state.server !== wanted.server) return `from ${state.server}`
  return state.lasts ? undefined : `ends on ${state.ends}`
}

function order(wanted: Wanted): Shell {
  const {name, webroot, domains, server, email, rehearse} = wanted
  const account = email ? ['--email', email, '--no-eff-email'] : ['--register-unsafely-without-email']
  const words = ['--non-interactive', '--agree-tos', '--webroot', '--webroot-path', webroot, '--cert-name', name]
  const names = domains.flatMap(domain => ['--domain', domain])
  const options = [
    ...words,
    ...account,
    '--server',
    server,
    '--key-type',
    'ecdsa',
    '--renew-with-new-domains',
    ...names,
  ]
  return sh`${raw(refused(wanted))}
ask() { said=$(certbot certonly ${options} "$@" 2>&1) || refused; }
${raw(rehearse ? sh`ask --dry-run` : sh`:`)}
ask --force-renewal
printf '%s\n' "$said"
${raw(deploy(wanted))}`
}

/** What certbot says when it fails, without its advice; when the authority asks to wait, until when is written down: asking again would only lengthen it. */
function refused({name}: Wanted): Shell {
  return sh`refused() {
printf '%s\n' "$said" | sed -E '/^(Saving debug log|Ask for help|Hint:|Some challenges have failed|$)/d; s/^ +//' >&2
if printf '%s\n' "$said" | grep -qiE 'too many|rate.?limit'; then
u=$(printf '%s\n' "$said" | sed -nE 's/.*retry after ([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2}).*/\\1 \\2/p' | head -n 1)
mkdir -p ${stateFolder} && date -u -d "\${u:-+1 hour}" +%s >${waitFile(name)}
fi
exit 1
}`
}

function deploy({name, deploy_hook}: Wanted): Shell {
  return sh`RENEWED_LINEAGE=${liveFolder(name)} ${deploy_hook}`
}

const stateFolder = '/var/lib/provision/acme'

function waitFile(name: string): string {
  return `${stateFolder}/${name}.wait`
}

function liveFolder(name: string): string {
  return `/etc/letsencrypt/live/${name}`
}

function renewalFile(name: string): string {
  return `/etc/letsencrypt/renewal/${name}.conf`
}

function leftAlone(until: string): TaskError {
  return new TaskError({
    message: `The authority refused the last order and asks to be left alone until ${until}`,
    hint: 'Run again after that. Until then the certificate that is there goes on being served.',
  })
}
