import {createHash} from 'node:crypto'
import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {bool, path, text, word} from './arguments.ts'

const hub = 'https://index.docker.io/v1/'

const schema = z
  .strictObject({
    registry_url: word.optional().describe('The registry; by default Docker Hub.'),
    registry: word.optional().describe('Another name for registry_url.'),
    url: word.optional().describe('Another name for registry_url.'),
    username: word.optional().describe('The account.'),
    password: text.optional().describe('Its password or token.'),
    state: z.enum(['present', 'absent']).default('present').describe('Whether the host is to be logged in.'),
    reauthorize: bool.default(false).describe('Logs in even if that was done before.'),
    config_path: path
      .regex(/\/config\.json$/, 'must end in /config.json')
      .optional()
      .describe("The file with the logins; by default the user's ~/.docker/config.json."),
  })
  .refine(
    ({state, username, password}) => state === 'absent' || (username !== undefined && password !== undefined),
    'username and password are missing',
  )

type Wanted = z.infer<typeof schema>
type State = {readonly isThere: boolean; readonly sha256: string}

/** docker_login: the host's login at a registry. */
export const docker_login = hostModule<Wanted, State>({
  name: 'docker_login',
  summary: 'Logs the host in at a registry of images, or out.',
  topic: 'docker',
  example: {
    name: 'Log in',
    docker_login: {registry_url: 'registry.example.com', username: 'deploy', password: '{{ registry_token }}'},
  },
  schema,
  aliases: {dockercfg_path: 'config_path', reauth: 'reauthorize'},
  // Of what is stored only a hash travels.
  probe: wanted => sh`f=${raw(fileOf(wanted))}
if [ -f "$f" ]; then a=$(tr -d '\\n\\t ' <"$f"); k=${`"${registryOf(wanted)}":{`}
case $a in *"$k"*) echo there=yes; a=\${a#*"$k"}; a=\${a%%\\}*}
case $a in *'"auth":"'*) a=\${a#*'"auth":"'}; printf 'sha256=%s\\n' "$(printf '%s' "\${a%%'"'*}" | base64 -d | sha256sum | cut -d ' ' -f 1)" ;; esac ;; esac; fi`,
  parse: answer => ({isThere: fields(answer).there === 'yes', sha256: fields(answer).sha256 ?? ''}),
  plan({isThere, sha256}, wanted): readonly Change[] {
    const {state, username = '', password = '', reauthorize} = wanted
    const what = `login at ${registryOf(wanted)}`
    if (state === 'absent') return isThere ? [{what, before: 'present', after: null}] : []
    const isSame = sha256 === createHash('sha256').update(`${username}:${password}`).digest('hex')
    if (!isSame) return [{what, before: isThere ? 'another account or password' : null, after: username}]
    return reauthorize ? [{what, before: username, after: username, unseen: true}] : []
  },
  apply(_, wanted) {
    const {state, username = '', password = ''} = wanted
    const registry = registryOf(wanted) === hub ? [] : [registryOf(wanted)]
    const docker = sh`docker --config "\${f%/*}"`
    // printf is built into sh: the password is in no argument list.
    return state === 'absent'
      ? sh`f=${raw(fileOf(wanted))}; ${raw(docker)} logout ${registry} >/dev/null`
      : sh`f=${raw(fileOf(wanted))}; printf '%s' ${password} | ${raw(docker)} login -u ${username} --password-stdin ${registry} >/dev/null`
  },
})

function fileOf({config_path}: Wanted): Shell {
  return config_path === undefined ? sh`"\${DOCKER_CONFIG:-$HOME/.docker}"/config.json` : sh`${config_path}`
}

// Docker writes registries down by their names alone, but for its own.
function registryOf({registry_url, registry, url}: Wanted): string {
  const wanted = registry_url ?? registry ?? url ?? hub
  return wanted === hub ? hub : wanted.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
}
