#!/bin/sh
# Starts Redis as the official image does: as the user redis, in /data, reachable from other containers.
set -e

if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then
  set -- redis-server "$@"
fi

if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . \! -user redis -exec chown redis '{}' +
  exec setpriv --reuid=redis --regid=redis --clear-groups -- "$0" "$@"
fi

umask 0077
# The official server is built without protected mode; a configuration file decides for itself.
if [ "$1" = redis-server ] && [ "${2%.conf}" = "$2" ]; then
  shift
  set -- redis-server --protected-mode no "$@"
fi
exec "$@"
