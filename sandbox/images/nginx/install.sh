echo 'nginx:x:101:' >> /etc/group
echo 'nginx:x:101:101::/var/cache/nginx:/usr/sbin/nologin' >> /etc/passwd
cp -a /etc/nginx /tmp/ours
rm -r /etc/nginx
apt-get install -qq --yes --no-install-recommends nginx >/dev/null
rm -rf /etc/nginx/sites-* /etc/nginx/snippets /etc/nginx/modules-* /etc/nginx/conf.d /var/www /var/log/nginx/*
cp -aT /tmp/ours /etc/nginx
mkdir -p /var/cache/nginx /usr/share/nginx/html
chown nginx:nginx /var/cache/nginx
nginx -t -q
rm -f /var/log/nginx/*
ln -s /dev/stdout /var/log/nginx/access.log
ln -s /dev/stderr /var/log/nginx/error.log
echo '<!doctype html><title>Welcome to nginx!</title><p>A stand-in for the official image.</p>' > /usr/share/nginx/html/index.html
