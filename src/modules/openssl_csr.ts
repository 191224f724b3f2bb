import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {alternativeNames} from './alternative-names.ts'
import {all, fields} from './answer.ts'
import {attributes, bool, path, word, words} from './arguments.ts'
import {applyAttribute, askPath, attributeChanges, type PathState, readPath} from './attributes.ts'

const part = word.pipe(z.string().regex(/^[^/]*$/, 'must not contain /')).optional()

const schema = z.strictObject({
  path: path.describe('The file of the request.'),
  privatekey_path: path.describe('The file of the private key.'),
  state: z.enum(['present', 'absent']).default('present').describe('Whether it is to be there.'),
  common_name: part.describe('The name that the certificate is for.'),
  country_name: part.describe('Two letters.'),
  state_or_province_name: part.describe('State or province.'),
  locality_name: part.describe('Town.'),
  organization_name: part.describe('Organization.'),
  organizational_unit_name: part.describe('Department.'),
  email_address: part.describe('Address.'),
  subject_alt_name: words.optional().describe('Names and addresses it is for: DNS:example.com, IP:192.0.2.1.'),
  use_common_name_for_san: bool.default(true).describe('Without subject_alt_name, common_name is the one name.'),
  force: bool.default(false).describe('Makes a new request each time.'),
  ...attributes,
})

type Wanted = z.infer<typeof schema>
type State = PathState & {readonly subject: string; readonly names: readonly string[]; readonly matches: boolean}

/** openssl_csr: a request for a certificate. */
export const openssl_csr = hostModule<Wanted, State>({
  name: 'openssl_csr',
  summary: 'Makes a request for a certificate, to be signed by an authority.',
  topic: 'system',
  example: {
    name: 'Request for a certificate',
    openssl_csr: {path: '/etc/ssl/app.csr', privatekey_path: '/etc/ssl/app.key', common_name: 'app.example.com'},
  },
  schema,
  probe: ({path, privatekey_path}) => sh`f=${path}
${raw(askPath('follow'))}
if [ $t = file ] && command -v openssl >/dev/null; then
openssl req -in "$f" -noout -subject -nameopt sep_multiline,lname,utf8 2>/dev/null | sed -n 's/^ \\{1,\\}\\([A-Za-z]*\\) *= */part=\\1=/p'
printf 'names=%s\n' "$(openssl req -in "$f" -noout -text 2>/dev/null | sed -n '/Subject Alternative Name/{n;p;q}' | tr -d ' \n')"
k=$(openssl pkey -in ${privatekey_path} -passin pass: -pubout 2>/dev/null)
if [ -n "$k" ] && [ "$k" = "$(openssl req -in "$f" -noout -pubkey 2>/dev/null)" ]; then echo matches=yes; fi
fi`,
  parse: answer => ({
    ...readPath(answer),
    subject: all(answer, 'part')
      .map(row => `/${row}`)
      .join(''),
    names: alternativeNames(fields(answer).names ?? ''),
    matches: fields(answer).matches === 'yes',
  }),
  plan(state, wanted): readonly Change[] {
    if (wanted.state === 'absent')
      return state.type === 'absent' ? [] : [{what: 'request', before: state.subject, after: null}]
    const after = `${subjectOf(wanted)} ${namesOf(wanted).join(',')}`.trim()
    if (state.type === 'absent') return [{what: 'request', before: null, after}]
    const changes = attributeChanges(state, wanted)
    const before = `${state.subject} ${state.names.toSorted().join(',')}`.trim()
    if (!state.matches) return [{what: 'request', before: 'belongs to another key', after}, ...changes]
    if (before !== `${subjectOf(wanted)} ${namesOf(wanted).toSorted().join(',')}`.trim())
      return [{what: 'request', before, after}, ...changes]
    return wanted.force ? [{what: 'request', before, after, unseen: true}, ...changes] : changes
  },
  apply(change, wanted, state) {
    if (change.after === null) return sh`rm -f -- ${wanted.path}`
    return applyAttribute(change, wanted.path, state) ?? request(wanted)
  },
  result: (state, {path, privatekey_path}) => ({
    filename: path,
    privatekey: privatekey_path,
    subject: state.subject,
    subjectAltName: state.names,
  }),
})

function request(wanted: Wanted): Shell {
  const {path, privatekey_path, mode = '0644', owner, group} = wanted
  const names = namesOf(wanted)
  const extensions = names.length === 0 ? [] : ['-addext', `subjectAltName=${names.join(',')}`]
  return sh`f=${path}; t=$(mktemp "\${f%/*}/.provision.XXXXXX") || exit 1; trap 'rm -f -- "$t"' EXIT
e=$(openssl req -new -sha256 -utf8 -key ${privatekey_path} -passin pass: -subj ${subjectOf(wanted) || '/'} ${extensions} -out "$t" 2>&1) || { printf '%s\n' "$e" >&2; exit 1; }
chmod ${mode} "$t" && ${raw(owner === undefined ? sh`:` : sh`chown ${owner} "$t"`)} && ${raw(group === undefined ? sh`:` : sh`chgrp ${group} "$t"`)} && sync "$t" && mv -f -- "$t" "$f"`
}

function subjectOf(wanted: Wanted): string {
  const parts = {
    countryName: wanted.country_name,
    stateOrProvinceName: wanted.state_or_province_name,
    localityName: wanted.locality_name,
    organizationName: wanted.organization_name,
    organizationalUnitName: wanted.organizational_unit_name,
    commonName: wanted.common_name,
    emailAddress: wanted.email_address,
  }
  return Object.entries(parts)
    .flatMap(([name, value]) => (value === undefined ? [] : [`/${name}=${value}`]))
    .join('')
}

function namesOf({common_name, subject_alt_name, use_common_name_for_san}: Wanted): readonly string[] {
  if (subject_alt_name !== undefined) return alternativeNames(subject_alt_name.join(','))
  return use_common_name_for_san && common_name !== undefined ? [`DNS:${common_name}`] : []
}
