#!/bin/sh
# Keeps one throwaway host alive: sh run.sh FOLDER COMMAND [ARGUMENT...]
# FOLDER gets `cgroups` (the control groups of the host, one a line). COMMAND is systemd-nspawn with its arguments.
# The host has control groups of its own, so that two systemds on one machine never share one, and so that every
# process of a host can be found and ended.
set -eu
folder=$1
shift
name=provision-sandbox-$(basename "$folder")

join_group() {
  parent=$1
  group=$parent/$name
  mkdir -p "$group"
  for setting in cpuset.cpus cpuset.mems; do
    # A new cpuset of cgroup v1 is empty and takes no process.
    if [ -f "$group/$setting" ] && [ -z "$(cat "$group/$setting")" ]; then
      cat "$parent/$setting" >"$group/$setting"
    fi
  done
  echo $$ >"$group/cgroup.procs"
  echo "$group" >>"$folder/cgroups.new"
}

: >"$folder/cgroups.new"
cat /proc/self/cgroup >"$folder/cgroups.caller"
while IFS=: read -r _ controllers path; do
  [ "$path" = / ] && path=
  case $controllers in
    name=*) join_group "/sys/fs/cgroup/${controllers#name=}$path" ;;
    ?*) join_group "/sys/fs/cgroup/$controllers$path" ;;
    *)
      if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
        # Below the top, a group of cgroup v2 that holds processes cannot hand controllers on.
        join_group /sys/fs/cgroup
      elif [ -d /sys/fs/cgroup/unified ]; then
        join_group "/sys/fs/cgroup/unified$path"
      fi
      ;;
  esac
done <"$folder/cgroups.caller"
mv "$folder/cgroups.new" "$folder/cgroups"

# systemd-nspawn ends with 133 when the host asked for a reboot, and leaves the starting to whoever watches it.
status=133
while [ "$status" -eq 133 ]; do
  status=0
  "$@" || status=$?
  echo "systemd-nspawn ended with $status"
done
exit "$status"
