# Failures on demand, for tests of what is around the application. None of these exists in the original.
#   STAND_IN_BOOT_DELAY=20        web and worker need so many seconds longer to start
#   STAND_IN_CRASH=web|worker     the process ends with an error while it starts
#   STAND_IN_NEVER_BIND=1         web starts and never listens
#   STAND_IN_API_FAILING=1        /api answers 200 and says that a service fails
#   STAND_IN_FAIL_MIGRATION=N     the migration N fails after it did its work (which is rolled back)
#   STAND_IN_MIGRATION_SECONDS=N  every migration sleeps in the database for so long
#   STAND_IN_IGNORE_TERM=1        web does not stop on SIGTERM
#   STAND_IN_MEMORY_HOG=300       web and worker hold so many MB more
#   STAND_IN_ALIVE_TTL=20         seconds that the worker's health key lives (600 otherwise)
module StandIn
  def self.role
    return 'worker' if Sidekiq.server?

    'web' if defined?(Rails::Server)
  end

  module Migrations
    def exec_migration(connection, direction)
      seconds = ENV.fetch('STAND_IN_MIGRATION_SECONDS', '0').to_f
      connection.execute("SELECT pg_sleep(#{seconds})") if seconds.positive?
      super
      raise "migration #{version} fails on demand" if ENV['STAND_IN_FAIL_MIGRATION'] == version.to_s
    end
  end
end

ActiveSupport.on_load(:active_record) { ActiveRecord::Migration.prepend(StandIn::Migrations) }

if StandIn.role
  sleep ENV.fetch('STAND_IN_BOOT_DELAY', '0').to_f
  abort 'crashes on demand' if ENV['STAND_IN_CRASH'] == StandIn.role
  sleep if ENV['STAND_IN_NEVER_BIND'] && StandIn.role == 'web'
  STAND_IN_BALLAST = Random.bytes(ENV.fetch('STAND_IN_MEMORY_HOG', '0').to_i * 1024 * 1024)
end

if ENV['STAND_IN_IGNORE_TERM'] && StandIn.role == 'web'
  Rails.application.config.after_initialize { Thread.new { loop { trap('TERM') {}; sleep 1 } } }
end
