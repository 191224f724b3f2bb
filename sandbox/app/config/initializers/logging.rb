Rails.application.config.filter_parameters += %i[password token secret api_key]
Rack::Timeout::Logger.disable
