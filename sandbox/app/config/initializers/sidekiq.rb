Sidekiq.configure_client { |config| config.redis = Redis::Config.app }

Sidekiq.configure_server do |config|
  config.redis = Redis::Config.app
  config.logger.formatter = Sidekiq::Logger::Formatters::JSON.new

  unless ActiveModel::Type::Boolean.new.cast(ENV['DISABLE_SIDEKIQ_ALIVE'])
    config.capsule('sidekiq-alive') do |capsule|
      capsule.concurrency = 1
      capsule.queues = [SidekiqAlive::QUEUE]
    end
    config.on(:startup) { SidekiqAlive.start }
    config.on(:quiet) { SidekiqAlive.quiet = true }
    config.on(:shutdown) { SidekiqAlive.stop }
  end
end
