# Ruby, the application's gems and PostgreSQL's client programs. /app/Gemfile is there already.
apt-get install -qq --yes --no-install-recommends ruby bundler ruby-railties ruby-actioncable ruby-actionmailer \
  ruby-activejob ruby-activerecord ruby-activestorage ruby-bcrypt ruby-pg puma ruby-rack-attack ruby-rack-timeout \
  ruby-redis ruby-sidekiq postgresql-client-17 openssl >/dev/null

# Debian starts PostgreSQL's programs by a Perl script; here they are called directly.
dpkg --purge --force-depends postgresql-client-common perl perl-modules-5.40 libperl5.40 >/dev/null
ln -sf /usr/lib/postgresql/17/bin/* /usr/local/bin/

cd /app
bundle install --local --quiet
mkdir -p storage tmp/pids tmp/cache

# Neither is in the official image; scripts that need them must fail here too.
rm -f /usr/bin/bash /usr/bin/rbash /usr/bin/curl
