GlobalConfig.clear_cache
ConfigLoader.new.process
Redis::Alfred.set(Redis::Alfred::CHATWOOT_INSTALLATION_ONBOARDING, true) if Rails.env.production?
