# Prints what playbooks change on a host; no times, nothing that differs from host to host by itself.
export LC_ALL=C
same_names() { sed -E 's/(\.[0-9]+)?\.[0-9]{4}-[0-9-]*@[0-9:]+~/.BACKUP/'; }
echo '== files'
find /srv /opt /usr/local /home /root /etc /var/spool/cron -xdev \
  \( -path /root/.ansible -o -path /home/deploy -o -path /etc/ssh/ssh_host\* -o -path /etc/.pwd.lock -o -name \*- -o -name .cache -o -name .ansible -o -path \*/.git/\* \) -prune -o \
  ! \( -name machine-id -o -name hosts -o -name ld.so.cache -o -name resolv.conf -o -name shadow \) \
  -printf '%y %m %u:%g %p -> %l\n' | same_names | sort -u
find /srv /opt /usr/local /home /root /etc /var/spool/cron -xdev -type f \
  \( -path /root/.ansible/\* -o -path /home/deploy/\* -o -path /etc/ssh/ssh_host\* -o -name \*- -o -path \*/.ansible/\* -o -path \*/.git/\* -o -path /srv/private/\* -o -path /srv/said/\* \) -prune -o -type f \
  ! \( -name machine-id -o -name hosts -o -name ld.so.cache -o -name resolv.conf -o -name shadow -o -name .pwd.lock -o -path /var/spool/cron/crontabs/\* \) \
  -print0 | sort -z | xargs -0 sha256sum | same_names | sort -u
echo '== what playbooks wrote down'
for file in /srv/said/*; do [ ! -f "$file" ] || sed "s|^|$file: |" "$file"; done
echo '== crontabs'
for tab in /var/spool/cron/crontabs/*; do [ ! -f "$tab" ] || { echo "$tab"; grep -v '^# DO NOT EDIT\|^# (' "$tab"; }; done
echo '== packages'
dpkg-query -W -f '${Package} ${Version} ${db:Status-Status}\n' | sort
apt-mark showhold
apt-mark showauto | sort | sha256sum
echo '== units'
systemctl list-unit-files --state=enabled,masked --no-legend | awk '{print $1, $2}' | sort
systemctl list-units --type=service --state=running --no-legend | awk '{print $1}' | grep -v '^user@\|^session\|^systemd-hostnamed' | sort
echo '== people'
getent passwd | sort
getent group | sort
cut -d : -f 1,2,4- /etc/shadow | sort
echo '== kernel'
sysctl -n vm.swappiness net.ipv4.ip_forward net.ipv4.conf.all.log_martians
hostname
echo '== mounts'
findmnt -rno TARGET,FSTYPE,OPTIONS | grep '^/srv\|^/mnt'
echo '== firewall'
if command -v iptables-save >/dev/null; then iptables-save | grep -v '^#' | sed 's/\[[0-9:]*\]//'; fi
echo '== alternatives, answers and locales'
update-alternatives --get-selections | grep twin
debconf-show twin-tool 2>/dev/null | sort
locale -a
:
