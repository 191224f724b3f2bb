class AuthController < ApplicationController
  include Authenticates

  before_action :authenticate!, only: %i[show destroy]

  def create
    user = User.from_email(params[:email])
    return refuse('wrong e-mail address or password') unless user&.valid_password?(params[:password])
    return refuse('the e-mail address is not confirmed') unless user.confirmed?
    return render(json: {mfa_required: true, mfa_token: user.signed_id(expires_in: 5.minutes)}, status: :partial_content) if user.otp_required_for_login

    user.new_session_headers(ip_address: request.remote_ip).each { |name, value| response.set_header(name, value) }
    render json: {data: user_as_json(user)}
  end

  def show = render(json: {payload: {success: true, data: user_as_json(@user)}})

  def destroy
    @user.end_session(request.headers['client'])
    render json: {success: true}
  end

  def forgot
    user = User.from_email(params[:email]) or return render(json: {message: 'no such user'}, status: :not_found)
    token = SecureRandom.urlsafe_base64
    user.update!(reset_password_token: Digest::SHA256.hexdigest(token), reset_password_sent_at: Time.current)
    UserMailer.reset_password(user, token).deliver_later
    render json: {message: 'the mail is on its way'}
  end

  def confirm
    User.find_by(confirmation_token: params.require(:confirmation_token))&.confirm
    redirect_to '/app/login'
  end

  private

  def refuse(message) = render(json: {success: false, errors: [message]}, status: :unauthorized)
end
