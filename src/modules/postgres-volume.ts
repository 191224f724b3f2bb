import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {word} from './arguments.ts'

const schema = z.strictObject({
  volume: word.describe("Docker volume of PostgreSQL's data."),
  image: word.describe('Image that is to run on it.'),
})

type Wanted = z.infer<typeof schema>

/** Major versions of PostgreSQL, where known. */
type State = {readonly data: string | undefined; readonly image: string | undefined}

/** postgres_volume: stops a run that would start another major version of PostgreSQL on existing data. */
export const postgres_volume = hostModule<Wanted, State>({
  name: 'postgres_volume',
  summary: 'Stops before PostgreSQL is started on data of another major version; changes nothing.',
  topic: 'docker',
  example: {
    name: 'Same major version as the data',
    postgres_volume: {volume: 'site_postgres', image: 'pgvector/pgvector:pg16'},
  },
  schema,
  probe: ({volume, image}) => sh`(
folder=$(docker volume inspect -f '{{.Mountpoint}}' ${volume} 2>/dev/null)
[ -z "$folder" ] || [ ! -f "$folder/PG_VERSION" ] || printf 'data=%s\n' "$(cat "$folder/PG_VERSION")"
docker image inspect -f '{{range .Config.Env}}{{println .}}{{end}}' ${image} 2>/dev/null | sed -n 's/^PG_MAJOR=/image=/p'
)`,
  parse: answer => {
    const {data, image} = fields(answer)
    return {data, image}
  },
  plan: ({data, image}, wanted) => {
    if (data !== undefined && image !== undefined && data !== image) throw otherMajor(data, image, wanted)
    return []
  },
  apply: () => sh`true`,
})

function otherMajor(data: string, image: string, wanted: Wanted): TaskError {
  return new TaskError({
    message: `The volume ${wanted.volume} holds data of PostgreSQL ${data}, but ${wanted.image} is PostgreSQL ${image}. Nothing was changed`,
    hint: `Take an image of PostgreSQL ${data}; a new major version needs a dump and a restore.`,
  })
}
