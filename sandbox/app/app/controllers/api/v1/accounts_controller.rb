class Api::V1::AccountsController < Api::V1::BaseController
  skip_before_action :authenticate!, only: :create

  def create
    raise ActionController::RoutingError, 'Not Found' unless GlobalConfigService.load('ENABLE_ACCOUNT_SIGNUP', 'false').to_s == 'true'

    user, = AccountBuilder.new(account_name: params[:account_name], user_full_name: params[:user_full_name], email: params[:email],
                               user_password: params[:password]).perform
    render json: {data: user_as_json(user)}
  rescue AccountBuilder::InvalidEmail, AccountBuilder::UserExists => e
    render json: {message: e.message}, status: :unprocessable_entity
  end

  def show = render(json: account.slice(:id, :name, :status, :settings, :custom_attributes))
end
