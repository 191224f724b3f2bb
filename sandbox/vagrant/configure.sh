#!/bin/sh
# Settings that must be there before the packages are: sh configure.sh ROOT
set -eu
root=$1

# The disk and network that QEMU gives, and no more: in software emulation each megabyte of the first image costs time.
mkdir -p "$root/etc/initramfs-tools/conf.d"
echo 'MODULES=list' >"$root/etc/initramfs-tools/conf.d/provision"
printf '%s\n' virtio_pci virtio_blk ext4 >"$root/etc/initramfs-tools/modules"
