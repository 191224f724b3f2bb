require 'active_support/core_ext/integer/time'

boolean = ActiveModel::Type::Boolean.new

Rails.application.configure do
  config.enable_reloading = false
  config.eager_load = true
  config.consider_all_requests_local = false

  config.public_file_server.enabled = ENV['RAILS_SERVE_STATIC_FILES'].present?
  config.public_file_server.headers = {'cache-control' => "public, max-age=#{1.year.to_i}"}

  config.active_storage.service = ENV.fetch('ACTIVE_STORAGE_SERVICE', 'local').to_sym
  config.active_job.queue_adapter = :sidekiq
  config.active_record.dump_schema_after_migration = false
  config.active_storage.queues = ActiveSupport::InheritableOptions.new(analysis: :active_storage_analysis, purge: :active_storage_purge)
  config.action_mailer.deliver_later_queue_name = :mailers
  config.action_mailer.raise_delivery_errors = true

  config.force_ssl = boolean.cast(ENV.fetch('FORCE_SSL', false))
  # Anything but GET and HEAD keeps its method.
  config.action_dispatch.ssl_default_redirect_status = 307

  # Whoever holds a pubsub token may listen; the page's origin says nothing (widgets live on foreign pages).
  config.action_cable.disable_request_forgery_protection = true
  config.action_cable.mount_path = '/cable'

  config.log_level = ENV.fetch('LOG_LEVEL', 'info').to_sym
  config.log_tags = [:request_id]
  if boolean.cast(ENV.fetch('RAILS_LOG_TO_STDOUT', true))
    $stdout.sync = true
    config.logger = ActiveSupport::TaggedLogging.new(ActiveSupport::Logger.new($stdout))
  end
end
