#!/bin/sh
# Without _meta, each host is asked for.
list='{"app": {"hosts": ["a1", "a2"], "children": ["sub"], "vars": {"v": [1, {"k": null}]}}, "sub": {"hosts": ["a3"]}, "all": {"vars": {"g": true}}}'
case "$1 $2" in
  --list*) echo "$list" ;;
  '--host a1') echo '{"me": "a1", "n": 1.5}' ;;
  *) echo '{}' ;;
esac
