# The application's own keys in Redis; every key is written under "alfred:".
module Redis::Alfred
  CHATWOOT_INSTALLATION_ONBOARDING = 'CHATWOOT_INSTALLATION_ONBOARDING'.freeze
  ONLINE_PRESENCE_USERS = 'ONLINE_PRESENCE::%<account_id>d::USERS'.freeze

  class << self
    def set(key, value, nx: false, ex: false)
      redis { |client| client.set(name(key), value.to_s, nx: nx, ex: ex || nil) }
    end

    def setex(key, value, expiry = 1.day)
      redis { |client| client.setex(name(key), expiry.to_i, value.to_s) }
    end

    def get(key) = redis { |client| client.get(name(key)) }
    def delete(key) = redis { |client| client.del(name(key)) }
    def exists?(key) = redis { |client| client.exists?(name(key)) }
    def incr(key) = redis { |client| client.incr(name(key)) }
    def expire(key, seconds) = redis { |client| client.expire(name(key), seconds.to_i) }
    def lpush(key, value) = redis { |client| client.lpush(name(key), value) }
    def rpop(key) = redis { |client| client.rpop(name(key)) }
    def llen(key) = redis { |client| client.llen(name(key)) }
    def zadd(key, score, member) = redis { |client| client.zadd(name(key), score, member) }
    def zrangebyscore(key, from, to) = redis { |client| client.zrangebyscore(name(key), from, to) }

    # Names without the prefix, as the other methods take them.
    def keys(pattern)
      redis { |client| client.scan_each(match: name(pattern)).map { |key| key.delete_prefix('alfred:') } }
    end

    private

    def name(key) = "alfred:#{key}"
    def redis(&block) = $alfred.with(&block) # rubocop:disable Style/GlobalVars
  end
end
