#!/bin/sh
# Turns what mmdebstrap unpacked into the base of the throwaway hosts: sh customize.sh RECIPE ROOT [PACKAGE...]
# RECIPE is this folder. The PACKAGEs are downloaded, not installed: an installation on a host then takes seconds.
set -eu
recipe=$1
root=$2
shift 2

chroot "$root" useradd --create-home --shell /bin/bash --uid 1000 deploy
echo 'deploy ALL=(ALL:ALL) NOPASSWD:ALL' >"$root/etc/sudoers.d/deploy"
chmod 0440 "$root/etc/sudoers.d/deploy"

# What Debian's installer writes for everyone who chooses no language.
echo 'LANG=C.UTF-8' >"$root/etc/default/locale"

install -m 0644 "$recipe/cgroup-v1.service" "$root/etc/systemd/system/cgroup-v1.service"
chroot "$root" systemctl enable cgroup-v1.service

chroot "$root" apt-get install --yes --download-only -o APT::Install-Recommends=true "$@"

# Each host makes its own of these.
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/hostname" "$root/etc/resolv.conf"
: >"$root/etc/machine-id"
# The options of the building are not those of the hosts.
rm -f "$root/etc/apt/apt.conf.d/99mmdebstrap"
