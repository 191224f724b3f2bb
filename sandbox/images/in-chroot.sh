#!/bin/sh
# Runs a recipe's script on a stack of folders: in-chroot.sh LOWER UPPER WORK ROOT SCRIPT [NAME=VALUE ...]
# Call it in mount and process namespaces of its own: then nothing stays mounted, however this ends.
set -eu
lower=$1 upper=$2 work=$3 root=$4 script=$5
shift 5

mount -t overlay overlay -o "lowerdir=$lower,upperdir=$upper,workdir=$work" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/dev"
mkdir "$root/dev/shm" "$root/dev/pts"
mount -t devpts devpts "$root/dev/pts"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"
cp "$script" "$root/tmp/install.sh"

chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root \
  DEBIAN_FRONTEND=noninteractive "$@" sh -eu /tmp/install.sh

rm -rf "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb "$root"/var/log/apt "$root"/var/log/dpkg.log \
  "$root"/var/log/alternatives.log "$root"/var/cache/debconf/*-old "$root"/var/lib/dpkg/*-old
