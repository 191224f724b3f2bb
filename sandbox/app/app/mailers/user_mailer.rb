class UserMailer < ApplicationMailer
  def confirmation(user)
    plain(user, 'Confirm your address', "/auth/confirmation?confirmation_token=#{user.confirmation_token}")
  end

  def reset_password(user, token)
    plain(user, 'Set a new password', "/app/auth/password/edit?reset_password_token=#{token}")
  end

  private

  def plain(user, subject, path)
    mail(to: user.email, subject: subject, body: "#{ENV.fetch('FRONTEND_URL', '')}#{path}\n", content_type: 'text/plain')
  end
end
