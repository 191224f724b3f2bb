class ApplicationController < ActionController::Base
  skip_forgery_protection
  around_action :in_portal_locale

  private

  # A request for another host than our own may be for a help centre with its own domain.
  def in_portal_locale(&block)
    portal = Portal.find_by(custom_domain: request.host) unless own_hosts.include?(request.host)
    locale = portal&.config&.dig('default_locale').presence || I18n.default_locale
    I18n.with_locale(I18n.available_locales.include?(locale.to_sym) ? locale : I18n.default_locale, &block)
  end

  def own_hosts
    [ENV['FRONTEND_URL'], ENV.fetch('HELPCENTER_URL', ENV['FRONTEND_URL'])].filter_map do |url|
      URI.parse(url.to_s).host
    rescue URI::InvalidURIError
      nil
    end
  end
end
