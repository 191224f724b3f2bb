# While the flag is in Redis, anybody may become the super admin here.
class Installation::OnboardingController < ApplicationController
  before_action :leave_without_flag

  def index; end

  def create
    AccountBuilder.new(account_name: user_params[:company], user_full_name: user_params[:name], email: user_params[:email],
                       user_password: user_params[:password], super_admin: true, confirmed: true).perform
    Redis::Alfred.delete(Redis::Alfred::CHATWOOT_INSTALLATION_ONBOARDING)
    redirect_to '/'
  rescue ActiveRecord::RecordInvalid, AccountBuilder::InvalidEmail, AccountBuilder::UserExists => e
    redirect_to '/', flash: {error: e.message}
  end

  private

  def leave_without_flag
    redirect_to '/' if Redis::Alfred.get(Redis::Alfred::CHATWOOT_INSTALLATION_ONBOARDING).blank?
  end

  def user_params = params.require(:user).permit(:name, :company, :email, :password)
end
