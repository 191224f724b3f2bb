import {createHash} from 'node:crypto'
import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {hostModule} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {path} from './arguments.ts'

const schema = z.strictObject({
  path: path.describe("The site's environment file on the host."),
  secrets: z
    .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be a variable name'), z.string())
    .describe('The values that the file must hold, by variable; only their hashes are compared.'),
})

type Wanted = z.infer<typeof schema>

/** SHA-256 (hex) of each value that the file holds; empty when there is no file yet. */
type State = {readonly [variable: string]: string}

/** chatwoot_secrets_guard: stops a run that would give a site other secrets than its data was written with. */
export const chatwoot_secrets_guard = hostModule<Wanted, State>({
  name: 'chatwoot_secrets_guard',
  summary: 'Stops before a site gets other secrets than those that its data needs; changes nothing.',
  topic: 'chatwoot',
  example: {
    name: 'The same secrets as before',
    chatwoot_secrets_guard: {path: '/opt/chatwoot/.env', secrets: {SECRET_KEY_BASE: '{{ chatwoot_secret_key_base }}'}},
    no_log: true,
  },
  schema,
  probe: ({path, secrets}) => sh`(
[ -f ${path} ] || exit 0
for name in ${raw(sh`${Object.keys(secrets)}`)}; do
  value=$(sed -n "s/^$name=//p" ${path} | tail -n 1 | sed "s/^'\\(.*\\)'\\$/\\1/")
  [ -z "$value" ] || printf '%s=%s\n' "$name" "$(printf '%s' "$value" | sha256sum | cut -d ' ' -f 1)"
done
)`,
  parse: fields,
  plan: (state, wanted) => {
    const differing = Object.keys(wanted.secrets).filter(
      name => name in state && state[name] !== hash(wanted.secrets[name]),
    )
    if (differing.length > 0) throw otherSecrets(wanted.path, differing)
    return []
  },
  apply: () => sh`true`,
})

function hash(value = ''): string {
  return createHash('sha256').update(value).digest('hex')
}

function otherSecrets(file: string, names: readonly string[]): TaskError {
  return new TaskError({
    message: `The site in ${file} runs with other secrets than this inventory has: ${names.join(', ')}. Nothing was changed`,
    hint: 'Put the sealed secrets of the first run (NAME.secrets.age) beside the inventory again, or end a rotation that was begun: provision secrets rotate NAME. To give the site new secrets and lose sessions, file links and everything encrypted, set chatwoot_replace_secrets: true.',
  })
}
