Rails.application.configure do
  frontend = URI.parse(ENV['FRONTEND_URL'].presence || 'http://localhost:3000')
  config.action_mailer.default_url_options = {host: frontend.host, port: frontend.port, protocol: frontend.scheme}
  # Without an address the mail goes to a sendmail that the image does not have, so every mail job fails.
  config.action_mailer.delivery_method = ENV['SMTP_ADDRESS'].present? ? :smtp : :sendmail
  config.action_mailer.smtp_settings = {
    address: ENV['SMTP_ADDRESS'].presence,
    port: Integer(ENV['SMTP_PORT'].presence || 587),
    domain: ENV['SMTP_DOMAIN'].presence,
    user_name: ENV['SMTP_USERNAME'].presence,
    password: ENV['SMTP_PASSWORD'].presence,
    authentication: ENV['SMTP_USERNAME'].present? ? ENV.fetch('SMTP_AUTHENTICATION', 'login').to_sym : nil,
    enable_starttls_auto: ActiveModel::Type::Boolean.new.cast(ENV.fetch('SMTP_ENABLE_STARTTLS_AUTO', true)),
    openssl_verify_mode: ENV['SMTP_OPENSSL_VERIFY_MODE'].presence,
    tls: ActiveModel::Type::Boolean.new.cast(ENV['SMTP_TLS'].presence),
    ssl: ActiveModel::Type::Boolean.new.cast(ENV['SMTP_SSL'].presence),
    open_timeout: ENV['SMTP_OPEN_TIMEOUT']&.to_i,
    read_timeout: ENV['SMTP_READ_TIMEOUT']&.to_i
  }.compact
end
