#!/bin/sh
# Runs a command as if on a machine of its own that has libvirt: sh isolated.sh STATE COMMAND [ARGUMENT...]
# Processes, mounts and network are its own, so that nothing of them is left when it ends, however it ends, and this
# machine's own libvirt is not touched. STATE is a folder for what libvirt writes. The way out is slirp4netns.
set -eu
here=$(dirname "$(realpath "$0")")
if [ $$ -ne 1 ]; then
  # The kernel ends all of it as soon as whoever called this is gone.
  exec setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child=KILL --mount-proc sh "$here/isolated.sh" "$@"
fi

# As process 1 this shell collects every process that loses its parent, and takes them along when it ends.
unshare --net sh "$here/with-libvirt.sh" "$@" &
inside=$!
tries=100
while [ "$(readlink "/proc/$inside/ns/net")" = "$(readlink /proc/self/ns/net)" ]; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 0.1
done
slirp4netns --configure --mtu=1500 --disable-host-loopback "$inside" uplink0 >/dev/null 2>&1 &
status=0
wait "$inside" || status=$?
exit "$status"
