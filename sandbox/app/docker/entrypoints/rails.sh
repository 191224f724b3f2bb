#!/bin/sh
set -x

# A container that was killed leaves its pid file behind, and the server would refuse to start.
rm -rf tmp/pids/server.pid tmp/cache/*

# Prints export lines; none at all when DATABASE_URL cannot be read.
eval "$(docker/entrypoints/helpers/pg_database_url.rb)"

# Waits for ever, on PostgreSQL only.
until pg_isready -h $POSTGRES_HOST -p $POSTGRES_PORT -U $POSTGRES_USERNAME; do
  sleep 2
done

bundle install --local
until bundle check; do
  sleep 2
done

exec "$@"
