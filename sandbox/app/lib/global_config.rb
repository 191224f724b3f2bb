# Installation settings as the pages read them: a row's value, kept in Redis for a day.
module GlobalConfig
  PREFIX = 'V1:GLOBAL_CONFIG'.freeze
  EXPIRY = 1.day

  class << self
    # Hash of name to value; nil where there is no row.
    def get(*names)
      names.index_with { |name| read(name) }.with_indifferent_access
    end

    def get_value(name) = read(name)

    def clear_cache
      Redis::Alfred.keys("#{PREFIX}:*").each { |key| Redis::Alfred.delete(key) }
    end

    private

    def read(name)
      cached = Redis::Alfred.get("#{PREFIX}:#{name}")
      return JSON.parse(cached)['value'] if cached

      InstallationConfig.find_by(name: name)&.value.tap do |value|
        Redis::Alfred.setex("#{PREFIX}:#{name}", {value: value}.to_json, EXPIRY)
      end
    end
  end
end
