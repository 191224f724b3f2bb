# Who calls the API: by an API key or by the headers that a sign-in returned.
module Authenticates
  private

  def authenticate!
    @user = user_of_api_key || user_of_session
    render json: {errors: ['sign in first']}, status: :unauthorized unless @user
  end

  def user_of_api_key
    key = request.headers['HTTP_API_ACCESS_TOKEN'].presence or return
    AccessToken.find_by(token: key)&.owner
  end

  def user_of_session
    user = User.find_by(uid: request.headers['uid']) if request.headers['uid'].present?
    user if user&.valid_session?(request.headers['client'], request.headers['access-token'])
  end

  def user_as_json(user)
    membership = user.account_users.first
    {
      id: user.id, uid: user.uid, name: user.name, email: user.email, provider: user.provider, type: user.type,
      access_token: user.access_token&.token, pubsub_token: user.pubsub_token, confirmed: user.confirmed?,
      account_id: membership&.account_id, role: membership&.role,
      accounts: user.account_users.includes(:account).map { |one| {id: one.account_id, name: one.account.name, role: one.role} }
    }
  end
end
