import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {attributes, bool, count, path} from './arguments.ts'
import {applyAttribute, askPath, attributeChanges, type PathState, readPath} from './attributes.ts'

const schema = z.strictObject({
  path: path.describe('The file of the key.'),
  state: z.enum(['present', 'absent']).default('present').describe('Whether it is to be there.'),
  type: z.enum(['RSA', 'ECC', 'Ed25519']).default('RSA').describe('The kind of key.'),
  size: count.default(4096).describe('Bits of an RSA key.'),
  curve: z.enum(['secp256r1', 'secp384r1', 'secp521r1']).default('secp256r1').describe('The curve of an ECC key.'),
  force: bool.default(false).describe('Makes a new key each time.'),
  ...attributes,
})

type Wanted = z.infer<typeof schema>
type State = PathState & {
  /** Like `RSA 4096`, `ECC secp256r1`; empty when it cannot be read. */
  readonly kind: string
}

/** openssl_privatekey: a private key. */
export const openssl_privatekey = hostModule<Wanted, State>({
  name: 'openssl_privatekey',
  summary: 'Makes a private key of the wanted kind on the host, which it never leaves.',
  topic: 'files',
  example: {name: 'Private key', openssl_privatekey: {path: '/etc/ssl/private/site.key', type: 'ECC'}},
  schema,
  // Only the public half is printed.
  probe: ({path}) => sh`f=${path}
${raw(askPath('follow'))}
[ $t != file ] || openssl pkey -in "$f" -passin pass: -noout -text_pub 2>/dev/null | sed -n -e '1s/^/kind=/p' -e 's/^ASN1 OID: /curve=/p'`,
  parse: answer => ({...readPath(answer), kind: kindOf(all(answer, 'kind')[0] ?? '', fields(answer).curve ?? '')}),
  plan(state, wanted): readonly Change[] {
    if (wanted.state === 'absent')
      return state.type === 'absent' ? [] : [{what: 'key', before: state.kind, after: null}]
    const after = goal(wanted)
    if (state.type === 'absent') return [{what: 'key', before: null, after}]
    if (state.kind === '' && !wanted.force)
      throw new TaskError({
        message: `${wanted.path} cannot be read as a private key`,
        hint: 'With force: true it is replaced. openssl must be installed.',
      })
    const changes = attributeChanges(state, wanted)
    if (wanted.force) return [{what: 'key', before: state.kind, after, unseen: true}, ...changes]
    return state.kind === after ? changes : [{what: 'key', before: state.kind, after}, ...changes]
  },
  apply(change, wanted, state) {
    if (change.after === null) return sh`rm -f -- ${wanted.path}`
    return applyAttribute(change, wanted.path, state) ?? generate(wanted)
  },
  result: (state, {path}) => ({filename: path, type: state.kind.split(' ')[0] ?? ''}),
})

function generate(wanted: Wanted): Shell {
  const {path, mode = '0600', owner, group} = wanted
  return sh`f=${path}; umask 077; t=$(mktemp "\${f%/*}/.provision.XXXXXX") || exit 1; trap 'rm -f -- "$t"' EXIT
e=$(openssl genpkey ${options(wanted)} -out "$t" 2>&1) || { printf '%s\n' "$e" >&2; exit 1; }
chmod ${mode} "$t" && ${raw(owner === undefined ? sh`:` : sh`chown ${owner} "$t"`)} && ${raw(group === undefined ? sh`:` : sh`chgrp ${group} "$t"`)} && sync "$t" && mv -f -- "$t" "$f"`
}

function options({type, size, curve}: Wanted): readonly string[] {
  if (type === 'Ed25519') return ['-algorithm', 'ed25519']
  if (type === 'ECC') return ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${openssl[curve]}`]
  return ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${size}`]
}

const openssl = {secp256r1: 'prime256v1', secp384r1: 'secp384r1', secp521r1: 'secp521r1'} as const

function goal({type, size, curve}: Wanted): string {
  if (type === 'Ed25519') return 'Ed25519'
  return type === 'ECC' ? `ECC ${curve}` : `RSA ${size}`
}

function kindOf(line: string, curve: string): string {
  const [, bits = ''] = /\((\d+) bit/.exec(line) ?? []
  if (line.startsWith('ED25519')) return 'Ed25519'
  if (curve !== '') return `ECC ${curve === 'prime256v1' ? 'secp256r1' : curve}`
  return bits === '' ? '' : `RSA ${bits}`
}
