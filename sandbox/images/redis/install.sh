echo 'redis:x:999:' >> /etc/group
echo 'redis:x:999:999::/data:/usr/sbin/nologin' >> /etc/passwd
apt-get install -qq --yes --no-install-recommends redis-server >/dev/null
rm -rf /etc/redis /var/lib/redis /var/log/redis
install -d -o redis -g redis /data
