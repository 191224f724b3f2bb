import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {alternativeNames} from './alternative-names.ts'
import {fields} from './answer.ts'
import {attributes, bool, count, oneOf, path, words} from './arguments.ts'
import {applyAttribute, askPath, attributeChanges, type PathState, readPath} from './attributes.ts'

const days = z.union([
  count,
  z
    .string()
    .regex(/^\+\d+d$/, 'must be days, as in 3650 or +3650d')
    .transform(text => Number(text.slice(1, -1))),
])

const schema = z
  .strictObject({
    path: path.describe('The file of the certificate.'),
    provider: z
      .enum(['selfsigned', 'ownca'])
      .default('selfsigned')
      .describe('Who signs: the key itself, or an authority of your own.'),
    privatekey_path: path
      .optional()
      .describe('The file of its private key; an authority of your own needs only the request.'),
    csr_path: path.optional().describe('The file of a request, whose subject and extensions the certificate gets.'),
    csr_content: z.string().min(1).optional().describe('The request itself.'),
    ownca_path: path.optional().describe("The file of the authority's certificate."),
    ownca_privatekey_path: path.optional().describe("The file of the authority's private key."),
    ownca_privatekey_passphrase: z.string().optional().describe('Its passphrase.'),
    ownca_not_after: days.default(3650).describe('Days for which a certificate of the authority is valid.'),
    common_name: z
      .string()
      .regex(/^[^/=]+$/, 'must not contain / or =')
      .optional()
      .describe('The subject, without a request.'),
    subject_alt_name: words
      .optional()
      .describe('Names and addresses it is for: DNS:example.com, IP:192.0.2.1. By default DNS:common_name.'),
    selfsigned_not_after: days.default(3650).describe('Days for which a new certificate is valid.'),
    valid_for: days.default(30).describe('A certificate that is valid for fewer days than this is replaced.'),
    force: bool.default(false).describe('Makes a new certificate each time.'),
    ...attributes,
  })
  .refine(oneOf('common_name', 'csr_path', 'csr_content'), 'common_name or csr_path is missing')
  .refine(({provider, privatekey_path}) => provider === 'ownca' || privatekey_path !== undefined, {
    error: 'privatekey_path is missing',
    path: ['privatekey_path'],
  })
  .refine(
    args =>
      args.provider !== 'ownca' ||
      (args.ownca_path !== undefined && args.ownca_privatekey_path !== undefined && requestOf(args) !== undefined),
    'ownca needs ownca_path, ownca_privatekey_path and csr_path',
  )

type Wanted = z.infer<typeof schema>
type State = PathState & {
  readonly subject: string
  readonly names: readonly string[]
  readonly matches: boolean
  /** Signed by its own key: the certificate of an authority is not what is wanted. */
  readonly own: boolean
  readonly lasts: boolean
  /** Has the subject, the key and the extensions of the request. */
  readonly asRequested: boolean
}

/** x509_certificate: a certificate that its own key or an authority of one's own signs. */
export const x509_certificate = hostModule<Wanted, State>({
  name: 'x509_certificate',
  summary: 'Makes a certificate that its key or an authority of your own signs, and a new one before it ends.',
  topic: 'files',
  example: {
    name: 'Certificate for the key',
    x509_certificate: {
      path: '/etc/ssl/certs/site.pem',
      privatekey_path: '/etc/ssl/private/site.key',
      common_name: 'chat.example.com',
    },
  },
  schema,
  refused: {
    csr_common_name: 'use common_name',
    selfsigned_not_before: 'leave it out: it is valid from now on',
    ownca_not_before: 'leave it out: it is valid from now on',
  },
  probe: wanted => sh`f=${wanted.path}
${raw(askPath('follow'))}
if [ $t = file ] && command -v openssl >/dev/null; then
openssl x509 -in "$f" -noout -subject -nameopt multiline 2>/dev/null | sed -n 's/^ *commonName *= /subject=/p'
printf 'names=%s\n' "$(openssl x509 -in "$f" -noout -ext subjectAltName 2>/dev/null | sed 1d | tr -d ' \n')"
${raw(askSigner(wanted))}
if openssl x509 -in "$f" -noout -checkend ${wanted.valid_for * 86_400} >/dev/null 2>&1; then echo lasts=yes; fi
${raw(askKey(wanted))}
${raw(askRequest(requestOf(wanted)))}
fi`,
  parse(answer) {
    const {subject = '', names = '', matches, own, lasts, requested} = fields(answer)
    return {
      ...readPath(answer),
      subject,
      names: alternativeNames(names),
      matches: matches === 'yes',
      own: own === 'yes',
      lasts: lasts === 'yes',
      asRequested: requested === 'yes',
    }
  },
  plan(state, wanted): readonly Change[] {
    const after = requestOf(wanted) ? 'as requested' : `CN=${wanted.common_name} ${namesOf(wanted).join(',')}`
    if (state.type === 'absent') return [{what: 'certificate', before: null, after}]
    const before = reason(state, wanted)
    const changes = attributeChanges(state, wanted)
    if (before !== undefined) return [{what: 'certificate', before, after}, ...changes]
    return wanted.force ? [{what: 'certificate', before: after, after, unseen: true}, ...changes] : changes
  },
  apply: (change, wanted, state) => applyAttribute(change, wanted.path, state) ?? sign(wanted),
  result: (state, {path, privatekey_path}) => ({
    filename: path,
    privatekey: privatekey_path ?? null,
    subject: state.subject,
    subject_alt_name: state.names,
  }),
})

function reason(state: State, wanted: Wanted): string | undefined {
  if (!state.matches) return 'belongs to another key'
  if (!state.own) return wanted.provider === 'ownca' ? 'signed by another' : 'signed by an authority'
  if (!state.lasts) return `valid for fewer than ${wanted.valid_for} days`
  if (requestOf(wanted)) return state.asRequested ? undefined : 'otherwise than requested'
  if (state.subject !== wanted.common_name) return `CN=${state.subject}`
  const isSame = state.names.toSorted().join() === namesOf(wanted).toSorted().join()
  return isSame ? undefined : `CN=${state.subject} ${state.names.join(',')}`
}

function sign(wanted: Wanted): Shell {
  const {path, mode = '0644', owner, group} = wanted
  return sh`f=${path}; t=$(mktemp "\${f%/*}/.provision.XXXXXX") || exit 1; trap 'rm -f -- "$t"' EXIT
e=$(${raw(requestOf(wanted) ? signRequest(wanted) : signSelf(wanted))} 2>&1) || { printf '%s\n' "$e" >&2; exit 1; }
chmod ${mode} "$t" && ${raw(owner === undefined ? sh`:` : sh`chown ${owner} "$t"`)} && ${raw(group === undefined ? sh`:` : sh`chgrp ${group} "$t"`)} && sync "$t" && mv -f -- "$t" "$f"`
}

function signSelf(wanted: Wanted): Shell {
  const {privatekey_path = '', common_name, selfsigned_not_after} = wanted
  return sh`openssl req -x509 -new -sha256 -key ${privatekey_path} -passin pass: -days ${selfsigned_not_after} -subj ${`/CN=${common_name}`} -addext ${`subjectAltName=${namesOf(wanted).join(',')}`} -out "$t"`
}

function signRequest(wanted: Wanted): Shell {
  const {provider, privatekey_path = '', ownca_path = '', ownca_privatekey_path = ''} = wanted
  const {selfsigned_not_after, ownca_not_after, ownca_privatekey_passphrase: passphrase = ''} = wanted
  const bySelf = sh`-signkey ${privatekey_path} -passin pass: -days ${selfsigned_not_after}`
  const byAuthority = sh`-CA ${ownca_path} -CAkey ${ownca_privatekey_path} -passin env:p -set_serial "0x$(openssl rand -hex 16)" -days ${ownca_not_after}`
  const extensions = sh`printf 'subjectKeyIdentifier=hash\n${raw(provider === 'ownca' ? sh`authorityKeyIdentifier=keyid\n` : sh``)}' >"$t.ext"`
  return sh`p=${passphrase}; export p; ${raw(extensions)}; ${raw(requestOf(wanted) ?? sh`:`)} | openssl x509 -req -sha256 -copy_extensions copyall -extfile "$t.ext" ${raw(provider === 'ownca' ? byAuthority : bySelf)} -out "$t"; e=$?; rm -f -- "$t.ext"; exit $e`
}

/** Prints the request; undefined when there is none. */
function requestOf({
  csr_path,
  csr_content,
}: {
  csr_path?: string | undefined
  csr_content?: string | undefined
}): Shell | undefined {
  if (csr_content !== undefined) return sh`printf '%s\n' ${csr_content}`
  return csr_path === undefined ? undefined : sh`cat ${csr_path}`
}

function askSigner({provider, ownca_path = ''}: Wanted): Shell {
  return provider === 'ownca'
    ? sh`if openssl verify -partial_chain -no_check_time -CAfile ${ownca_path} "$f" >/dev/null 2>&1; then echo own=yes; fi`
    : sh`if [ "$(openssl x509 -in "$f" -noout -issuer_hash 2>/dev/null)" = "$(openssl x509 -in "$f" -noout -subject_hash 2>/dev/null)" ]; then echo own=yes; fi`
}

/** Without a private key, the request says whose certificate it is. */
function askKey({privatekey_path}: Wanted): Shell {
  if (privatekey_path === undefined) return sh`echo matches=yes`
  return sh`k=$(openssl pkey -in ${privatekey_path} -passin pass: -pubout 2>/dev/null)
if [ -n "$k" ] && [ "$k" = "$(openssl x509 -in "$f" -noout -pubkey 2>/dev/null)" ]; then echo matches=yes; fi`
}

// What a certificate has of its own, the identifiers of keys, is in no request.
function askRequest(request: Shell | undefined): Shell {
  if (request === undefined) return sh``
  return sh`about() { openssl "$@" -noout -subject -nameopt RFC2253 -pubkey -text 2>/dev/null | awk '/^subject|^-----|^[A-Za-z0-9+\/=]+$/ {print} /X509v3 (Subject Alternative Name|Key Usage|Extended Key Usage|Basic Constraints|Name Constraints|TLS Feature):/ {h = $0; getline; gsub(/^ +/, ""); sub(/^ +/, "", h); print h $0}' | sort; }
w=$(${raw(request)} 2>/dev/null | about req)
if [ -n "$w" ] && [ "$w" = "$(about x509 -in "$f")" ]; then echo requested=yes; fi`
}

function namesOf({common_name, subject_alt_name}: Wanted): readonly string[] {
  return subject_alt_name === undefined ? [`DNS:${common_name}`] : alternativeNames(subject_alt_name.join(','))
}
