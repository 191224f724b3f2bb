# Limits by client address, which Rails takes from X-Forwarded-For when the proxy before it has a private address.
class Rack::Attack
  class Request < ::Rack::Request
    def client = @client ||= ActionDispatch::Request.new(env).remote_ip
    def plain_path = @plain_path ||= path.sub(/\.json\z/, '').chomp('/')

    def json_or_form(name)
      params[name] || ActionDispatch::Request.new(env).request_parameters[name]
    rescue ActionDispatch::Http::Parameters::ParseError
      nil
    end
  end

  enabled = ActiveModel::Type::Boolean.new
  allowed = ['127.0.0.1', '::1', *ENV.fetch('RACK_ATTACK_ALLOWED_IPS', '').split(',').map(&:strip)]

  self.enabled = enabled.cast(ENV.fetch('ENABLE_RACK_ATTACK', true))
  cache.store = StoreProxy::RedisProxy.new(Redis.new(Redis::Config.app))
  self.throttled_responder = ->(_request) { [429, {'content-type' => 'text/plain'}, ["Retry later\n"]] }

  safelist('health') { |request| request.path == '/health' }
  safelist('allowed addresses') { |request| allowed.include?(request.client) }

  throttle('requests', limit: Integer(ENV.fetch('RACK_ATTACK_LIMIT', 3000)), period: 1.minute, &:client)

  throttle('sign-in by address', limit: 5, period: 5.minutes) do |request|
    request.client if request.post? && request.plain_path == '/auth/sign_in'
  end
  throttle('sign-in by e-mail', limit: 10, period: 15.minutes) do |request|
    request.json_or_form('email').to_s.downcase.presence if request.post? && request.plain_path == '/auth/sign_in'
  end
  throttle('super admin sign-in', limit: 5, period: 5.minutes) do |request|
    request.client if request.post? && request.plain_path == '/super_admin/sign_in'
  end

  if enabled.cast(ENV.fetch('ENABLE_RACK_ATTACK_WIDGET_API', true))
    throttle('new widget sessions', limit: 5, period: 1.hour) do |request|
      request.client if request.get? && request.plain_path == '/widget' && request.params['cw_conversation'].blank?
    end
  end
end
