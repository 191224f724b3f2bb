class DashboardController < ApplicationController
  before_action :redirect_to_onboarding

  def index
    @config = {
      hostURL: ENV.fetch('FRONTEND_URL', ''),
      signupEnabled: GlobalConfigService.load('ENABLE_ACCOUNT_SIGNUP', 'false').to_s,
      installationName: GlobalConfigService.load('INSTALLATION_NAME', 'Chatwoot'),
      isEnterprise: ENV['DISABLE_ENTERPRISE'].blank? && Rails.root.join('enterprise').exist?
    }
    @users = User.exists?
  end

  private

  def redirect_to_onboarding
    redirect_to '/installation/onboarding' if Redis::Alfred.get(Redis::Alfred::CHATWOOT_INSTALLATION_ONBOARDING).present?
  end
end
