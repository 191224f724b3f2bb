threads_count = Integer(ENV.fetch('RAILS_MAX_THREADS', 5))
threads Integer(ENV.fetch('RAILS_MIN_THREADS', threads_count)), threads_count

port ENV.fetch('PORT', 3000)
environment ENV.fetch('RAILS_ENV', 'production')
pidfile ENV.fetch('PIDFILE', 'tmp/pids/server.pid')

workers Integer(ENV.fetch('WEB_CONCURRENCY', 0))
preload_app!
