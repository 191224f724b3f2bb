require 'redis'

# Where Redis is, as the environment says: the options of every client but ActionCable's, which reads cable.yml.
module Redis::Config
  DEFAULT_SENTINEL_PORT = '26379'.freeze

  class << self
    def app
      ENV['REDIS_SENTINELS'].present? ? sentinel : base
    end

    private

    def base
      {
        url: ENV.fetch('REDIS_URL', 'redis://127.0.0.1:6379'),
        password: ENV['REDIS_PASSWORD'].presence,
        ssl_params: ssl_params,
        reconnect_attempts: 2,
        timeout: 1
      }.compact
    end

    def ssl_params
      {verify_mode: OpenSSL::SSL::VERIFY_NONE} if ENV['REDIS_OPENSSL_VERIFY_MODE'] == 'none'
    end

    def sentinel
      base.except(:url).merge(
        name: ENV.fetch('REDIS_SENTINEL_MASTER_NAME', 'mymaster'),
        role: :master,
        sentinels: sentinels,
        sentinel_password: ENV.fetch('REDIS_SENTINEL_PASSWORD', ENV['REDIS_PASSWORD']).presence
      ).compact
    end

    def sentinels
      ENV['REDIS_SENTINELS'].split(',').map do |address|
        host, port = address.strip.split(':')
        {host: host, port: Integer(port || DEFAULT_SENTINEL_PORT)}
      end
    end
  end
end
