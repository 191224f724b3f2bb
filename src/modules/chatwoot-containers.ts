import {raw, type Shell, sh} from '../shell/shell.ts'

/** What is known of PostgreSQL's container before its tables are read: it runs, sleeps on existing data, or was never there. */
export type DatabaseServer = 'running' | 'asleep' | 'absent'

/** Says whether PostgreSQL runs (`server=`), and when it does, runs `question` after that. */
export function askDatabase(project: string, question: Shell): Shell {
  return sh`(
postgres=${container(project, 'postgres')}
if [ "$(docker inspect -f '{{.State.Running}}' "$postgres" 2>/dev/null)" = true ]; then echo server=running
elif [ -e ${`/var/lib/docker/volumes/${project}_postgres/_data/PG_VERSION`} ]; then echo server=asleep; exit
else echo server=absent; exit; fi
${raw(question)}
)`
}

/** Reads the value of `server=`. */
export function readServer(value: string | undefined): DatabaseServer {
  return value === 'running' || value === 'asleep' ? value : 'absent'
}

/** Runs SQL as the superuser inside PostgreSQL's container, `variables` as psql's :'name'; prints bare values. */
export function psql(
  project: string,
  database: string,
  script: string,
  variables: {readonly [name: string]: string} = {},
): Shell {
  const settings = Object.entries(variables).flatMap(([name, value]) => ['-v', `${name}=${value}`])
  return sh`printf '%s\n' ${script} | docker exec -i -u postgres ${container(project, 'postgres')} psql -XqAt -U postgres -d ${database} -v ON_ERROR_STOP=1 ${settings}`
}

/** Runs redis-cli inside Redis's container; the password stays inside. */
export function redisCli(project: string, words: readonly string[]): Shell {
  return sh`docker exec ${container(project, 'redis')} sh -c 'REDISCLI_AUTH="$REDIS_PASSWORD" exec redis-cli "$@"' sh ${words}`
}

/** What a one-off container of the app needs to know. */
export type OneOff = {
  readonly project: string
  /** Folder of compose.yml. */
  readonly project_src: string
  /** Seconds. */
  readonly timeout: number
}

/**
 * Runs `bundle exec …` in a one-off container of the web service, what it reads from stdin given. It has a name, so that one
 * that was left behind by a lost link or a time limit goes away first.
 */
export function bundleExec(
  {project, project_src, timeout}: OneOff,
  words: readonly string[],
  options: {readonly stdin?: string; readonly environment?: {readonly [name: string]: string}} = {},
): Shell {
  const variables = Object.entries(options.environment ?? {}).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  const name = `${project}-one-off`
  const run = sh`timeout -k 30 ${timeout} docker compose --project-directory ${project_src} -f ${`${project_src}/compose.yml`} run --rm -T --no-deps --name ${name} ${variables} --entrypoint bundle web exec ${words}`
  return sh`docker rm -f ${name} >/dev/null 2>&1
${raw(options.stdin === undefined ? sh`${raw(run)} </dev/null` : sh`printf '%s\n' ${options.stdin} | ${raw(run)}`)} || {
  code=$?
  docker rm -f ${name} >/dev/null 2>&1
  [ $code -ne 124 ] || echo ${`It took longer than ${timeout} seconds and was stopped.`} >&2
  exit $code
}`
}

/** The name that Compose gives the first container of a service. */
export function container(project: string, service: string): string {
  return `${project}-${service}-1`
}
