# rubocop:disable Style/GlobalVars
$alfred = ConnectionPool.new(size: Integer(ENV.fetch('REDIS_ALFRED_SIZE', 5)), timeout: 1) { Redis.new(Redis::Config.app) }
# rubocop:enable Style/GlobalVars
