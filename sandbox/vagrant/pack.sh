#!/bin/sh
# Makes a Vagrant box of a folder with a Debian system: sh pack.sh ROOT BOX
# No loop device and no mount are needed: the file system is written by mke2fs, GRUB by grub-mkimage and dd.
set -eu
root=$1
box=$2
size=20G
grub=/usr/lib/grub/i386-pc
work=$(mktemp -d "$box.XXXXXX")
trap 'rm -rf "$work"' EXIT

mkdir -p "$root/boot/grub"
# panic: where QEMU emulates several processors, a kernel that changes its own code dies of it now and then (Oops: int3).
cat >"$root/boot/grub/grub.cfg" <<'EOF'
linux /vmlinuz root=LABEL=root ro net.ifnames=0 console=ttyS0 quiet panic=5
initrd /initrd.img
boot
EOF

disk=$work/disk.raw
truncate -s "$size" "$disk"
echo 'start=2048, type=83, bootable' | sfdisk --quiet "$disk"
# Features that Debian 12's GRUB cannot read stay off.
mke2fs -q -t ext4 -L root -O ^metadata_csum_seed,^orphan_file -E offset=1048576,nodiscard -d "$root" "$disk" \
  "$(($(stat -c %s "$disk") / 1024 - 1024))k"

echo 'configfile (hd0,msdos1)/boot/grub/grub.cfg' >"$work/grub.cfg"
grub-mkimage --format i386-pc --prefix '(hd0,msdos1)/boot/grub' --config "$work/grub.cfg" --output "$work/core.img" \
  biosdisk part_msdos ext2 linux normal configfile
dd if="$grub/boot.img" of="$disk" bs=440 count=1 conv=notrunc status=none
dd if="$work/core.img" of="$disk" bs=512 seek=1 conv=notrunc status=none

qemu-img convert -O qcow2 -c -o compression_type=zstd "$disk" "$work/box.img"
echo "{\"provider\": \"libvirt\", \"format\": \"qcow2\", \"virtual_size\": ${size%G}}" >"$work/metadata.json"
tar -C "$work" -cf "$work/finished" metadata.json box.img
mv "$work/finished" "$box"
