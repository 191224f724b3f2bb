# A new user must confirm the e-mail address, unless whoever creates the user says otherwise.
module Confirmable
  extend ActiveSupport::Concern

  included do
    before_create { self.confirmation_token = SecureRandom.urlsafe_base64 unless confirmed? }
    after_create_commit { UserMailer.confirmation(self).deliver_later unless confirmed? }
  end

  def confirmed? = confirmed_at.present?

  def skip_confirmation!
    self.confirmed_at ||= Time.current
  end

  def confirm
    update!(confirmed_at: confirmed_at || Time.current, confirmation_token: nil)
  end
end
