import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {allOf, type Shell} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {words} from './arguments.ts'
import {plainName, site} from './chatwoot-arguments.ts'
import {bundleExec, type DatabaseServer, psql, readServer} from './chatwoot-containers.ts'
import {askSchema, keepMigrations} from './chatwoot-migrations.ts'

const schema = z.strictObject({
  ...site,
  image: z.string().min(1).describe("Chatwoot's image, whose migrations are to be applied."),
  role: plainName
    .default('chatwoot')
    .describe('Role that owns the database; its password is CHATWOOT_PASSWORD in the PostgreSQL container.'),
  extensions: words
    .default(['pg_stat_statements', 'pg_trgm', 'pgcrypto', 'vector'])
    .describe('Extensions made by the superuser, because the role may not.'),
  statement_timeout: z
    .string()
    .regex(/^\d+(ms|s|min)$/, 'must be a number with ms, s or min')
    .default('600s')
    .describe('Longest single statement while migrations run.'),
})

type Wanted = z.infer<typeof schema>

/** What is known of the database; `pending` is undefined while the image's migrations are not known. */
type State = {
  readonly server: DatabaseServer
  readonly role: boolean
  readonly database: boolean
  readonly login: boolean
  readonly extensions: readonly string[]
  readonly prepared: boolean
  readonly pending: readonly string[] | undefined
  /** Applied migrations newer than the newest that the image knows. */
  readonly unknown: readonly string[]
}

/** chatwoot_database: role, database, extensions and schema of Chatwoot. */
export const chatwoot_database = hostModule<Wanted, State>({
  name: 'chatwoot_database',
  summary:
    "Makes Chatwoot's role, database and extensions, and prepares the schema when it is new or migrations are pending.",
  topic: 'chatwoot',
  example: {
    name: 'Database and schema',
    chatwoot_database: {project_src: '/opt/chatwoot', image: 'chatwoot/chatwoot:v4.15.1'},
  },
  schema,
  probe: askSchema,
  parse,
  plan,
  apply,
})

function parse(answer: string): State {
  const {server, role, database, login, prepared, list} = fields(answer)
  return {
    server: readServer(server),
    role: role === 'true',
    database: database === 'true',
    login: login === 'true',
    extensions: all(answer, 'extension'),
    prepared: prepared === 'true',
    pending: list === 'known' ? all(answer, 'pending') : undefined,
    unknown: all(answer, 'unknown'),
  }
}

function plan(state: State, wanted: Wanted): readonly Change[] {
  // Nobody can look into a database that sleeps; whatever wakes it has us look again.
  if (state.server === 'asleep') return []
  if (state.pending && state.unknown.length > 0 && state.pending.length === 0) throw newerDatabase(state, wanted)
  return [
    ...(state.role ? [] : [{what: `role ${wanted.role}`, before: null, after: 'present'}]),
    ...(state.database ? [] : [{what: `database ${wanted.database}`, before: null, after: 'present'}]),
    ...(state.role && state.database && !state.login
      ? [{what: 'password', before: 'another one', after: 'that of the environment file'}]
      : []),
    ...wanted.extensions
      .filter(name => !state.extensions.includes(name))
      .map(name => ({what: `extension ${name}`, before: null, after: 'present'})),
    ...(state.prepared && state.pending?.length === 0
      ? []
      : [{what: 'schema', before: schemaOf(state), after: 'prepared'}]),
  ]
}

function apply(change: Change, wanted: Wanted): Shell {
  const {project, database, role} = wanted
  const [what, name = ''] = change.what.split(' ')
  if (what === 'role') return psql(project, 'postgres', withPassword('create role :"role" login password'), {role})
  if (what === 'password') return psql(project, 'postgres', withPassword('alter role :"role" password'), {role})
  if (what === 'database')
    return psql(project, 'postgres', 'create database :"database" owner :"role";', {database, role})
  if (what === 'extension') return psql(project, database, 'create extension if not exists :"name";', {name})
  return allOf(prepare(wanted), keepMigrations(wanted))
}

/** The password never leaves the container: psql reads it from the environment, and the server does not log the statement. */
function withPassword(statement: string): string {
  return `set log_min_error_statement = panic;\n\\getenv password CHATWOOT_PASSWORD\n${statement} :'password';`
}

function prepare(wanted: Wanted): Shell {
  const environment = {POSTGRES_STATEMENT_TIMEOUT: wanted.statement_timeout}
  return bundleExec(wanted, ['rails', 'db:chatwoot_prepare'], {environment})
}

function schemaOf({prepared, pending}: State): string {
  if (!prepared) return 'empty'
  return pending
    ? `${pending.length} pending migration${pending.length === 1 ? '' : 's'}`
    : 'pending migrations unknown'
}

function newerDatabase({unknown}: State, {image}: Wanted): TaskError {
  return new TaskError({
    message: `The database is newer than ${image}: it has migrations that this version does not know: ${unknown.join(', ')}`,
    hint: 'Take the version that the database was made for, or a later one; to go back, restore a backup.',
  })
}
