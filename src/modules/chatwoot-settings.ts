import {isDeepStrictEqual} from 'node:util'
import {z} from 'zod'
import {type Change, hostModule, type Value, type Values} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {fields, rows} from './answer.ts'
import {site} from './chatwoot-arguments.ts'
import {askDatabase, bundleExec, container, type DatabaseServer, psql, readServer} from './chatwoot-containers.ts'
import {rubyWith} from './chatwoot-ruby.ts'
import {storedValue} from './chatwoot-stored-value.ts'

const settingName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be upper case letters, digits and underscores')

const schema = z.strictObject({
  ...site,
  settings: z
    .record(settingName, z.json())
    .describe("Values by name, as in Chatwoot's installation_config.yml; booleans are booleans, null empties one."),
})

type Wanted = z.infer<typeof schema>

type State = {
  readonly server: DatabaseServer
  /** Those of the wanted settings that have a row. */
  readonly settings: Values
}

/** chatwoot_settings: the settings in Chatwoot's database that no environment variable reaches. */
export const chatwoot_settings = hostModule<Wanted, State>({
  name: 'chatwoot_settings',
  summary: "Sets Chatwoot's installation settings, which live in its database and ignore the environment.",
  topic: 'chatwoot',
  example: {
    name: 'Nobody signs up',
    chatwoot_settings: {project_src: '/opt/chatwoot', settings: {ENABLE_ACCOUNT_SIGNUP: false}},
  },
  schema,
  probe: ({project, database, settings}) =>
    askDatabase(project, sh`${raw(psql(project, database, question(Object.keys(settings))))} 2>/dev/null`),
  parse,
  plan,
  apply: (change, wanted) => save(wanted, Object.keys(change.after ?? {})),
})

function question(names: readonly string[]): string {
  const list = names.map(name => `'${name}'`).join(', ')
  return `select name || ' ' || serialized_value::text from installation_configs where name in (${list || "''"}) order by name;`
}

function parse(answer: string): State {
  const stored = rows(answer)
    .filter(row => /^[A-Z]/.test(row))
    .map(row => [row.slice(0, row.indexOf(' ')), storedValue(row.slice(row.indexOf(' ') + 1))] as const)
  return {server: readServer(fields(answer).server), settings: Object.fromEntries(stored)}
}

/** One change for all settings, because each start of the app takes up to a minute. */
function plan({server, settings}: State, wanted: Wanted): readonly Change[] {
  if (server === 'asleep') return []
  const names = Object.keys(wanted.settings).filter(name => !isDeepStrictEqual(settings[name], wanted.settings[name]))
  if (names.length === 0) return []
  return [{what: 'settings', before: pick(settings, names), after: pick(wanted.settings, names)}]
}

function pick(values: {readonly [name: string]: Value | undefined}, names: readonly string[]): Values {
  return Object.fromEntries(names.map(name => [name, values[name] ?? null]))
}

function save(wanted: Wanted, names: readonly string[]): Shell {
  const run = bundleExec(wanted, ['rails', 'runner', '-'], {stdin: rubyWith(pick(wanted.settings, names), script)})
  return names.some(name => /^(CAPTAIN|OTEL|LANGFUSE)_/.test(name)) ? sh`${raw(run)}\n${raw(restart(wanted))}` : run
}

/** These settings are read once, when web and worker start. */
function restart({project, project_src}: Wanted): Shell {
  return sh`[ "$(docker inspect -f '{{.State.Running}}' ${container(project, 'web')} 2>/dev/null)" != true ] ||
docker compose --project-directory ${project_src} -f ${`${project_src}/compose.yml`} restart web worker </dev/null`
}

const script = `
wanted.each do |name, value|
  setting = InstallationConfig.find_or_initialize_by(name: name)
  setting.value = value
  setting.locked = false
  setting.save!
end
GlobalConfig.clear_cache
`.trim()
