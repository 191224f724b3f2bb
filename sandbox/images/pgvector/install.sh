version=17
groupadd() { echo "$1:x:$2:" >> /etc/group; }
groupadd postgres 999
echo 'postgres:x:999:999::/var/lib/postgresql:/bin/bash' >> /etc/passwd
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf

apt-get install -qq --yes --no-install-recommends postgresql-$version-pgvector >/dev/null

localedef --no-archive -i en_US -f UTF-8 en_US.UTF-8

# Just-in-time compilation is switched off: its compiler is larger than everything else together. Perl only serves
# Debian's own way of managing clusters.
dpkg --purge --force-depends libllvm19 libz3-4 locales perl perl-modules-5.40 libperl5.40 >/dev/null
locale -a | grep -qx en_US.utf8
rm -rf /usr/lib/postgresql/$version/lib/bitcode /usr/lib/postgresql/$version/lib/llvmjit*

sample=/usr/share/postgresql/$version/postgresql.conf.sample
sed -i "s/^#listen_addresses = .*/listen_addresses = '*'/; s/^#jit = .*/jit = off/" $sample
grep -q "^listen_addresses = '\*'" $sample
grep -q '^jit = off' $sample

rm -rf /var/lib/postgresql/$version /etc/postgresql
mkdir -p /docker-entrypoint-initdb.d
install -d -o postgres -g postgres -m 2777 /var/run/postgresql
install -d -o postgres -g postgres -m 700 /var/lib/postgresql/data
chown postgres:postgres /var/lib/postgresql
