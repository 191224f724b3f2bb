#!/bin/sh
# The inner half of isolated.sh: waits for the network, starts libvirtd and runs the command.
set -eu
state=$1
shift

# Waits for a condition, ten seconds at most.
await() {
  tries=100
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { echo "this does not come true: $*" >&2; exit 1; }
    sleep 0.1
  done
}

ip link set lo up
await ip route get 192.0.2.1
# /sys shows the network of whoever mounted it.
mount -t sysfs sysfs /sys
echo 'nameserver 10.0.2.3' >"$state/resolv.conf"
mount --bind "$state/resolv.conf" "$(realpath /etc/resolv.conf)"
for folder in etc/libvirt var/lib/libvirt var/cache/libvirt var/log/libvirt; do
  mkdir -p "$state/$folder" "/$folder"
  mount --bind "$state/$folder" "/$folder"
done
mount -t tmpfs tmpfs /run

# A /dev/kvm that is of no use would be tried again and again: where the processor cannot hold machines, it is hidden.
if ! grep -Eq '^flags.* (vmx|svm)( |$)' /proc/cpuinfo; then
  mkdir "$state/dev"
  mount -t tmpfs -o mode=0755 tmpfs "$state/dev"
  for file in null zero full random urandom tty ptmx fuse vhost-net net; do
    [ ! -e "/dev/$file" ] || cp -a "/dev/$file" "$state/dev/"
  done
  for folder in pts shm; do
    mkdir "$state/dev/$folder"
    mount --move "/dev/$folder" "$state/dev/$folder"
  done
  ln -s /proc/self/fd "$state/dev/fd"
  for number in 0:stdin 1:stdout 2:stderr; do ln -s "fd/${number%:*}" "$state/dev/${number#*:}"; done
  mount --move "$state/dev" /dev
fi

# libvirtd wants to know this name, though its machines run as root here.
for file in passwd group; do
  cp "/etc/$file" "$state/$file"
  mount --bind "$state/$file" "/etc/$file"
done
grep -q ^libvirt-qemu: /etc/passwd || echo 'libvirt-qemu:x:64055:64055::/nonexistent:/usr/sbin/nologin' >>/etc/passwd
grep -q ^libvirt-qemu: /etc/group || echo 'libvirt-qemu:x:64055:' >>/etc/group

cat >/etc/libvirt/qemu.conf <<'EOF'
user = "root"
group = "root"
security_driver = "none"
namespaces = [ ]
cgroup_controllers = [ ]
stdio_handler = "file"
EOF
printf '%s\n' 'listen_tls = 0' 'auth_unix_rw = "none"' 'log_outputs = "3:file:/var/log/libvirt/libvirtd.log"' >/etc/libvirt/libvirtd.conf
libvirtd </dev/null >/var/log/libvirt/libvirtd.out 2>&1 &
await virsh --connect qemu:///system version
"$@"
