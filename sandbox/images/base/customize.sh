#!/bin/sh
# Finishes the base system in the folder $1; run by mmdebstrap.
set -eu

cat > "$1/STAND-IN" <<'END'
This image is a stand-in for the official one of the same name, made from Debian packages.
It exists so that playbooks can be tested where no image hub is reachable. Do not use it for anything else.
END

# wget, nc, ps and the like, where Debian's base system has nothing of that name.
chroot "$1" sh -c 'for applet in $(busybox --list); do
  command -v "$applet" >/dev/null || ln -s /usr/bin/busybox "/usr/local/bin/$applet"
done'

# Images know no mirror: where packages come from is told to the builder only.
rm -rf "$1"/etc/apt/sources.list "$1"/etc/apt/sources.list.d/* "$1"/etc/apt/apt.conf.d/99mmdebstrap "$1"/etc/resolv.conf "$1"/etc/hostname
