# Sign-in sessions: per client id the hash of a token and when it expires.
module SessionTokens
  LIFETIME = 2.months

  # The five headers that a client sends back to stay signed in.
  def new_session_headers(ip_address: nil)
    client, token, expiry = SecureRandom.urlsafe_base64, SecureRandom.urlsafe_base64, LIFETIME.from_now.to_i
    kept = (tokens || {}).sort_by { |_client, session| session['expiry'] }.last(ENV.fetch('MAX_USER_SESSIONS', 25).to_i - 1).to_h
    update!(tokens: kept.merge(client => {'token' => digest(token), 'expiry' => expiry}))
    user_sessions.create!(client_id: client, ip_address: ip_address)
    {'access-token' => token, 'token-type' => 'Bearer', 'client' => client, 'expiry' => expiry.to_s, 'uid' => uid}
  end

  def valid_session?(client, token)
    session = (tokens || {})[client]
    return false if session.nil? || session['expiry'] < Time.now.to_i

    ActiveSupport::SecurityUtils.secure_compare(session['token'], digest(token))
  end

  def end_session(client)
    update!(tokens: (tokens || {}).except(client))
  end

  private

  def digest(token) = Digest::SHA256.hexdigest(token.to_s)
end
