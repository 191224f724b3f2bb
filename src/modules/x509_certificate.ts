import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {alternativeNames} from './alternative-names.ts'
import {fields} from './answer.ts'
import {attributes, bool, count, path, words} from './arguments.ts'
import {applyAttribute, askPath, attributeChanges, type PathState, readPath} from './attributes.ts'

const days = z.union([
  count,
  z
    .string()
    .regex(/^\+\d+d$/, 'must be days, as in 3650 or +3650d')
    .transform(text => Number(text.slice(1, -1))),
])

const schema = z.strictObject({
  path: path.describe('The file of the certificate.'),
  provider: z.literal('selfsigned').default('selfsigned').describe('Who signs: the key itself.'),
  privatekey_path: path.describe('The file of its private key.'),
  common_name: z
    .string()
    .regex(/^[^/=]+$/, 'must not contain / or =')
    .describe('The subject.'),
  subject_alt_name: words
    .optional()
    .describe('Names and addresses it is for: DNS:example.com, IP:192.0.2.1. By default DNS:common_name.'),
  selfsigned_not_after: days.default(3650).describe('Days for which a new certificate is valid.'),
  valid_for: days.default(30).describe('A certificate that is valid for fewer days than this is replaced.'),
  force: bool.default(false).describe('Makes a new certificate each time.'),
  ...attributes,
})

type Wanted = z.infer<typeof schema>
type State = PathState & {
  readonly subject: string
  readonly names: readonly string[]
  readonly matches: boolean
  /** Signed by its own key: the certificate of an authority is not what is wanted. */
  readonly own: boolean
  readonly lasts: boolean
}

/** x509_certificate: a self-signed certificate. */
export const x509_certificate = hostModule<Wanted, State>({
  name: 'x509_certificate',
  summary: 'Makes a self-signed certificate for a private key, and a new one before it ends.',
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
  probe: ({path, privatekey_path, valid_for}) => sh`f=${path}
${raw(askPath('follow'))}
if [ $t = file ] && command -v openssl >/dev/null; then
openssl x509 -in "$f" -noout -subject -nameopt multiline 2>/dev/null | sed -n 's/^ *commonName *= /subject=/p'
printf 'names=%s\n' "$(openssl x509 -in "$f" -noout -ext subjectAltName 2>/dev/null | sed 1d | tr -d ' \n')"
if [ "$(openssl x509 -in "$f" -noout -issuer_hash 2>/dev/null)" = "$(openssl x509 -in "$f" -noout -subject_hash 2>/dev/null)" ]; then echo own=yes; fi
if openssl x509 -in "$f" -noout -checkend ${valid_for * 86_400} >/dev/null 2>&1; then echo lasts=yes; fi
k=$(openssl pkey -in ${privatekey_path} -passin pass: -pubout 2>/dev/null)
if [ -n "$k" ] && [ "$k" = "$(openssl x509 -in "$f" -noout -pubkey 2>/dev/null)" ]; then echo matches=yes; fi
fi`,
  parse(answer) {
    const {subject = '', names = '', matches, own, lasts} = fields(answer)
    return {
      ...readPath(answer),
      subject,
      names: alternativeNames(names),
      matches: matches === 'yes',
      own: own === 'yes',
      lasts: lasts === 'yes',
    }
  },
  plan(state, wanted): readonly Change[] {
    const after = `CN=${wanted.common_name} ${namesOf(wanted).join(',')}`
    if (state.type === 'absent') return [{what: 'certificate', before: null, after}]
    const before = reason(state, wanted)
    const changes = attributeChanges(state, wanted)
    if (before !== undefined) return [{what: 'certificate', before, after}, ...changes]
    return wanted.force ? [{what: 'certificate', before: after, after, unseen: true}, ...changes] : changes
  },
  apply: (change, wanted, state) => applyAttribute(change, wanted.path, state) ?? sign(wanted),
  result: (state, {path, privatekey_path}) => ({
    filename: path,
    privatekey: privatekey_path,
    subject: state.subject,
    subject_alt_name: state.names,
  }),
})

function reason(state: State, wanted: Wanted): string | undefined {
  if (!state.matches) return 'belongs to another key'
  if (!state.own) return 'signed by an authority'
  if (!state.lasts) return `valid for fewer than ${wanted.valid_for} days`
  if (state.subject !== wanted.common_name) return `CN=${state.subject}`
  const isSame = state.names.toSorted().join() === namesOf(wanted).toSorted().join()
  return isSame ? undefined : `CN=${state.subject} ${state.names.join(',')}`
}

function sign(wanted: Wanted): Shell {
  const {path, privatekey_path, common_name, selfsigned_not_after, mode = '0644', owner, group} = wanted
  return sh`f=${path}; t=$(mktemp "\${f%/*}/.provision.XXXXXX") || exit 1; trap 'rm -f -- "$t"' EXIT
e=$(openssl req -x509 -new -sha256 -key ${privatekey_path} -passin pass: -days ${selfsigned_not_after} -subj ${`/CN=${common_name}`} -addext ${`subjectAltName=${namesOf(wanted).join(',')}`} -out "$t" 2>&1) || { printf '%s\n' "$e" >&2; exit 1; }
chmod ${mode} "$t" && ${raw(owner === undefined ? sh`:` : sh`chown ${owner} "$t"`)} && ${raw(group === undefined ? sh`:` : sh`chgrp ${group} "$t"`)} && sync "$t" && mv -f -- "$t" "$f"`
}

function namesOf({common_name, subject_alt_name}: Wanted): readonly string[] {
  return subject_alt_name === undefined ? [`DNS:${common_name}`] : alternativeNames(subject_alt_name.join(','))
}
