import {raw, type Shell, sh} from '../shell/shell.ts'
import {askDatabase, container} from './chatwoot-containers.ts'

/** What is asked for: which database, and which image's migrations it should have. */
export type Schema = {
  readonly project: string
  readonly project_src: string
  readonly database: string
  readonly role: string
  readonly image: string
}

/**
 * Asks for role, database, extensions, and which migrations are pending, all without starting the app: the migrations of an
 * image never change, so that their list is kept in a file named by the image's id.
 */
export function askSchema(schema: Schema): Shell {
  const {project, project_src, database, role, image} = schema
  return askDatabase(
    project,
    sh`answer=$(printf '%s\n' ${insideTheContainer} | docker exec -i -u postgres ${container(project, 'postgres')} sh -s -- ${role} ${database} 2>/dev/null)
printf '%s\n' "$answer" | grep -v '^applied='
${raw(nameList(project_src, image))}
if [ -n "$id" ] && [ -s "$list" ]; then
  echo list=known
  printf '%s\n' "$answer" | sed -n 's/^applied=//p' | grep -vxFf - "$list" | sed 's/^/pending=/'
  printf '%s\n' "$answer" | sed -n 's/^applied=//p' | awk -v newest="$(tail -n 1 "$list")" '$1 > newest {print "unknown=" $1}'
else echo list=unknown; fi`,
  )
}

/** Keeps the list of the image's migrations beside the site. */
export function keepMigrations({project_src, image}: Schema): Shell {
  return sh`${raw(nameList(project_src, image))}
mkdir -p ${`${project_src}/migrations`}
docker run --rm --network none --entrypoint ls ${image} db/migrate </dev/null | sed -n 's/^\\([0-9]\\{14\\}\\)_.*\\.rb$/\\1/p' | sort >"$list.new"
[ -s "$list.new" ] || { echo 'The image has no migrations in db/migrate' >&2; exit 1; }
mv "$list.new" "$list"`
}

function nameList(folder: string, image: string): Shell {
  return sh`id=$(docker image inspect -f '{{.Id}}' ${image} 2>/dev/null)
list=${folder}/migrations/"\${id#sha256:}"`
}

// $1 is the role, $2 the database. Over TCP and its own address, because PostgreSQL trusts its socket and 127.0.0.1.
const insideTheContainer = `
psql -XqAt -U postgres -d postgres -v role="$1" -v database="$2" <<'SQL'
select 'role=' || exists(select from pg_roles where rolname = :'role');
select 'database=' || exists(select from pg_database where datname = :'database');
SQL
psql -XqAt -U postgres -d "$2" <<'SQL'
select 'extension=' || extname from pg_extension order by extname;
select 'prepared=' || (to_regclass('public.ar_internal_metadata') is not null);
select 'applied=' || version from schema_migrations order by version;
SQL
if PGPASSWORD="$CHATWOOT_PASSWORD" PGCONNECT_TIMEOUT=5 psql -XqAt -h postgres -U "$1" -d "$2" -c 'select 1' >/dev/null
then echo login=true; else echo login=false; fi
`.trim()
