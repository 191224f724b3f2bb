#!/bin/bash
# Starts PostgreSQL as the official image does: makes the cluster in an empty PGDATA, runs the scripts of
# /docker-entrypoint-initdb.d once, and hands over to the server as the user postgres.
set -Eeuo pipefail

main() {
  if [[ ${1:-} == -* ]]; then set -- postgres "$@"; fi
  [[ ${1:-} == postgres ]] || exec "$@"
  if [[ $(id -u) == 0 ]]; then
    own_folders
    exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$0" "$@"
  fi
  if [[ ! -s $PGDATA/PG_VERSION ]]; then first_start "$@"; fi
  exec "$@"
}

own_folders() {
  mkdir -p "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  chmod 2777 /var/run/postgresql
  find "$PGDATA" /var/run/postgresql \! -user postgres -exec chown postgres '{}' +
}

first_start() {
  read_setting POSTGRES_PASSWORD
  read_setting POSTGRES_USER postgres
  read_setting POSTGRES_DB "$POSTGRES_USER"
  read_setting POSTGRES_INITDB_ARGS
  refuse_without_password
  # shellcheck disable=SC2086 # several words
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") $POSTGRES_INITDB_ARGS
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"

  # Only on the socket: health checks by TCP must not succeed before everything is there.
  PGUSER=$POSTGRES_USER pg_ctl --wait --options="-c listen_addresses='' -p 5432" start
  create_database
  run_scripts
  PGUSER=$POSTGRES_USER pg_ctl --mode=fast --wait stop
  echo 'the new database is ready'
}

# The variable itself, the contents of the file that NAME_FILE names, or a default.
read_setting() {
  local name=$1 file_name=$1_FILE
  if [[ -n ${!name:-} && -n ${!file_name:-} ]]; then
    echo "error: set $name or $file_name, not both" >&2
    exit 1
  fi
  local value=${2:-}
  if [[ -n ${!name:-} ]]; then value=${!name}; elif [[ -n ${!file_name:-} ]]; then value=$(< "${!file_name}"); fi
  printf -v "$name" '%s' "$value"
  export "${name?}"
}

refuse_without_password() {
  if [[ -z $POSTGRES_PASSWORD && ${POSTGRES_HOST_AUTH_METHOD:-} != trust ]]; then
    echo 'error: a new database needs a superuser password: set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE' >&2
    exit 1
  fi
}

create_database() {
  if [[ $POSTGRES_DB != postgres ]]; then
    psql --no-psqlrc -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -v db="$POSTGRES_DB" <<< 'CREATE DATABASE :"db";'
  fi
}

run_scripts() {
  local file query=(psql --no-psqlrc -v ON_ERROR_STOP=1 --no-password -U "$POSTGRES_USER" -d "$POSTGRES_DB")
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) if [[ -x $file ]]; then "$file"; else . "$file"; fi ;;
      *.sql) "${query[@]}" -f "$file" ;;
      *.sql.gz) gunzip -c "$file" | "${query[@]}" ;;
    esac
  done
}

main "$@"
