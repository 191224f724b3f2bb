#!/bin/sh
# Turns what mmdebstrap unpacked into what a Vagrant box has to be: sh customize.sh ROOT PUBLIC-KEY [PACKAGE...]
# PUBLIC-KEY is Vagrant's own, which everybody knows: such a machine is for a network that nobody else is in.
# The PACKAGEs are downloaded, not installed: an installation on the machine then needs no mirror.
set -eu
root=$1
key=$2
shift 2

# A machine behind an inspecting proxy trusts its authority; what runs on it is behind the same proxy.
if [ -d /usr/local/share/ca-certificates ]; then
  cp -R /usr/local/share/ca-certificates "$root/usr/local/share/"
  chroot "$root" update-ca-certificates >/dev/null
fi

chroot "$root" useradd --create-home --shell /bin/bash --uid 1000 vagrant
echo 'vagrant ALL=(ALL:ALL) NOPASSWD:ALL' >"$root/etc/sudoers.d/vagrant"
chmod 0440 "$root/etc/sudoers.d/vagrant"
mkdir -m 0700 "$root/home/vagrant/.ssh"
install -m 0600 "$key" "$root/home/vagrant/.ssh/authorized_keys"
chroot "$root" chown -R vagrant:vagrant /home/vagrant/.ssh
# Vagrant logs in again and again, and nothing here has a name.
echo 'UseDNS no' >"$root/etc/ssh/sshd_config.d/vagrant.conf"

# The first interface leads out; Vagrant sets the others.
cat >"$root/etc/systemd/network/20-first.network" <<'EOF'
[Match]
Name=eth0

[Network]
DHCP=ipv4
EOF
chroot "$root" systemctl enable systemd-networkd.service systemd-resolved.service
# As Debian's installer and cloud images have it.
echo 'LABEL=root / ext4 errors=remount-ro 0 1' >"$root/etc/fstab"
echo 'LANG=C.UTF-8' >"$root/etc/default/locale"
echo debian >"$root/etc/hostname"
printf '127.0.0.1 localhost\n127.0.1.1 debian\n::1 localhost ip6-localhost ip6-loopback\n' >"$root/etc/hosts"

# Debian's sshd has no keys of its own before it is configured; each machine makes its own at its first start.
cat >"$root/etc/systemd/system/ssh-host-keys.service" <<'EOF'
[Unit]
Description=Make the keys of this machine's sshd
Before=ssh.service
ConditionPathExists=!/etc/ssh/ssh_host_ed25519_key

[Service]
Type=oneshot
ExecStart=/usr/bin/ssh-keygen -A

[Install]
WantedBy=ssh.service
EOF
chroot "$root" systemctl enable ssh-host-keys.service

# What is installed already needs no archive any more.
chroot "$root" apt-get clean
chroot "$root" apt-get install --yes --quiet=2 --download-only --no-install-recommends "$@"

rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/apt/apt.conf.d/99mmdebstrap"
ln -sf ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
: >"$root/etc/machine-id"
