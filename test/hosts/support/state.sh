# Prints what playbooks change on a host; no times, nothing that differs from host to host by itself.
export LC_ALL=C
echo '== files'
find /srv /opt /usr/local /home /root /etc /var/spool/cron -xdev \
  \( -path /root/.ansible -o -path /home/deploy -o -path /etc/ssh/ssh_host\* -o -path /etc/.pwd.lock -o -name \*- -o -name .cache \) -prune -o \
  ! \( -name hostname -o -name machine-id -o -name hosts -o -name ld.so.cache -o -name resolv.conf -o -name shadow \) \
  -printf '%y %m %u:%g %p -> %l\n' | sort
find /srv /opt /usr/local /home /root /etc /var/spool/cron -xdev -type f \
  \( -path /root/.ansible/\* -o -path /home/deploy/\* -o -path /etc/ssh/ssh_host\* -o -name \*- \) -prune -o -type f \
  ! \( -name hostname -o -name machine-id -o -name hosts -o -name ld.so.cache -o -name resolv.conf -o -name shadow -o -name .pwd.lock -o -path /var/spool/cron/crontabs/\* \) \
  -print0 | sort -z | xargs -0 sha256sum
echo '== crontabs'
for tab in /var/spool/cron/crontabs/*; do [ ! -f "$tab" ] || { echo "$tab"; grep -v '^# DO NOT EDIT\|^# (' "$tab"; }; done
echo '== packages'
dpkg-query -W -f '${Package} ${Version} ${db:Status-Status}\n' | sort
echo '== units'
systemctl list-unit-files --state=enabled,masked --no-legend | awk '{print $1, $2}' | sort
systemctl list-units --type=service --state=running --no-legend | awk '{print $1}' | grep -v '^user@\|^session' | sort
echo '== people'
getent passwd | sort
getent group | sort
cut -d : -f 1,2 /etc/shadow | sort
echo '== kernel'
sysctl -n vm.swappiness net.ipv4.ip_forward
