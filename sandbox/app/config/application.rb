require_relative 'boot'

require 'rails'
require 'active_record/railtie'
require 'active_storage/engine'
require 'action_controller/railtie'
require 'action_mailer/railtie'
require 'active_job/railtie'
require 'action_cable/engine'

Bundler.require(*Rails.groups)

module Chatwoot
  class Application < Rails::Application
    config.load_defaults 7.0
    # Once: initializers use these too.
    config.autoload_lib_once(ignore: %w[tasks])
    config.generators.system_tests = nil
    config.x.frontend_url = ENV.fetch('FRONTEND_URL', nil)
  end

  # The contents of config/app.yml: version and git sha.
  def self.config
    @config ||= Rails.application.config_for(:app)
  end
end
