import {z} from 'zod'
import {hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {isMap, type Value, type Values} from '../value.ts'
import {all, fields} from './answer.ts'
import {words} from './arguments.ts'

const schema = z.strictObject({
  packages: words.describe("Packages that bring Docker or stand in another Docker's way."),
  repository: z
    .string()
    .regex(/^https?:\/\//, 'must be a URL')
    .describe("Where Docker's repository is; sources of apt below it are told."),
})

type Wanted = z.infer<typeof schema>

/** Versions are bare numbers, empty when there is none; of the packages those that are installed. */
type State = {
  readonly engine: string
  readonly compose: string
  readonly packages: readonly string[]
  /** Files that name Docker's repository for this release already, but for the one of deb822_repository. */
  readonly sources: readonly string[]
  /** What daemon.json says; nothing where there is none, or where Docker itself could not read it. */
  readonly settings: Values
}

/** docker_installation: which Docker a host has, and where it is from. */
export const docker_installation = hostModule<Wanted, State>({
  name: 'docker_installation',
  summary:
    'Tells which Docker Engine and Compose are installed, from which packages and sources, and what daemon.json says; changes nothing.',
  topic: 'docker',
  example: {
    name: 'Docker as it is',
    docker_installation: {packages: ['docker.io', 'docker-ce'], repository: 'https://download.docker.com/linux'},
    register: 'docker_found',
  },
  schema,
  // The daemon's own word, for it need not run, nor come from a package.
  probe: ({packages, repository}) => sh`(
if command -v dockerd >/dev/null; then
  dockerd --version 2>/dev/null | sed -n 's/^Docker version \\([0-9][0-9.]*\\).*/engine=\\1/p'
  docker compose version --short 2>/dev/null | sed -n 's/^v\\{0,1\\}\\([0-9][0-9.]*\\).*/compose=\\1/p'
fi
dpkg-query -W -f '\${db:Status-Status} package=\${Package}\n' -- ${packages} 2>/dev/null | sed -n 's/^installed //p' | sort -u
${raw(askSources(repository))}
if [ -f /etc/docker/daemon.json ]; then printf 'settings=%s\n' "$(base64 -w 0 </etc/docker/daemon.json)"; fi
)`,
  parse(answer) {
    const {engine = '', compose = '', settings = ''} = fields(answer)
    const installed = {engine, compose, packages: all(answer, 'package'), sources: all(answer, 'source')}
    return {...installed, settings: readSettings(Buffer.from(settings, 'base64').toString())}
  },
  plan: () => [],
  apply: () => sh`true`,
  result: state => ({...state}),
})

function readSettings(text: string): Values {
  try {
    const value: Value = JSON.parse(text)
    return isMap(value) ? value : {}
  } catch {
    return {}
  }
}

// By the files, for apt itself tells only of sources whose lists it has. Both of its formats.
function askSources(repository: string): Shell {
  return sh`. /etc/os-release
for f in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
  if [ -f "$f" ] && [ "\${f##*/}" != docker.sources ] && awk -v url=${`${repository}/`} -v release="$VERSION_CODENAME" ${findSource} "$f"; then printf 'source=%s\n' "$f"; fi
done`
}

const findSource = `
function end() {if (uri && suite && !off) found = 1; uri = suite = off = 0}
$1 == "deb" {for (i = 2; i < NF; i++) if (index($i, url) == 1 && $(i + 1) == release) found = 1}
$1 == "URIs:" {for (i = 2; i <= NF; i++) if (index($i, url) == 1) uri = 1}
$1 == "Suites:" {for (i = 2; i <= NF; i++) if ($i == release) suite = 1}
$1 == "Enabled:" && $2 == "no" {off = 1}
NF == 0 {end()}
END {end(); exit !found}`
