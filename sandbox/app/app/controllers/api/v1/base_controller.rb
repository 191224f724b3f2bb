class Api::V1::BaseController < ApplicationController
  include Authenticates

  before_action :authenticate!

  rescue_from(ActiveRecord::RecordNotFound) { render json: {error: 'Resource could not be found'}, status: :not_found }
  rescue_from(ActiveRecord::RecordInvalid) { |error| render json: {message: error.message}, status: :unprocessable_entity }

  private

  def account = @account ||= @user.accounts.find(params[:account_id] || params[:id])
end
