import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {rows} from './answer.ts'
import {count} from './arguments.ts'
import {plainName} from './chatwoot-arguments.ts'

const schema = z.strictObject({
  ports: z.array(count).min(1).describe('TCP ports that must be free.'),
  project: plainName.describe('Compose project that may have them already.'),
})

type Wanted = z.infer<typeof schema>

/** A port that somebody else listens on; `process` is empty when its name is not known. */
type Taken = {readonly port: string; readonly process: string}

/** free_ports: stops where somebody else listens on ports that the site needs. */
export const free_ports = hostModule<Wanted, readonly Taken[]>({
  name: 'free_ports',
  summary: 'Stops where a port is taken by anybody but the Compose project itself; changes nothing.',
  topic: 'docker',
  example: {name: 'Ports for the site', free_ports: {ports: [80, 443], project: 'site'}},
  schema,
  // /proc is always there; ss is only asked for the name.
  probe: ({ports, project}) => sh`(
ours=$(docker ps --filter ${`label=com.docker.compose.project=${project}`} --format '{{.Ports}}' 2>/dev/null)
for port in ${ports.map(String)}; do
  case $ours in *":$port->"*) continue ;; esac
  hex=$(printf ':%04X' "$port")
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v hex="$hex" '$4 == "0A" && substr($2, length($2) - 4) == hex {found = 1} END {exit !found}' || continue
  printf '%s %s\n' "$port" "$(ss -Hltnp "sport = :$port" 2>/dev/null | sed -n 's/.*users:(("\\([^"]*\\)".*/\\1/p' | head -n 1)"
done
)`,
  parse: answer => rows(answer).map(row => ({port: row.split(' ')[0] ?? '', process: row.split(' ')[1] ?? ''})),
  plan: taken => {
    if (taken.length > 0) throw portsTaken(taken)
    return []
  },
  apply: () => sh`true`,
})

function portsTaken(taken: readonly Taken[]): TaskError {
  const list = taken.map(({port, process}) => `${port}${process && ` (${process})`}`).join(', ')
  return new TaskError({
    message: `Somebody else listens on port ${list}`,
    hint: 'Stop and disable that service, or take another host: the site needs these ports for itself.',
  })
}
