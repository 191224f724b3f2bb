# A password is 6 to 128 characters with an upper and a lower case letter, a digit and a special character, all ASCII.
module PasswordRules
  extend ActiveSupport::Concern

  SPECIAL = " !@\#$%^&*()_+-=[]{}|\"/\\.,`<>:;?~'".freeze
  KINDS = {
    'an upper case letter' => /[A-Z]/,
    'a lower case letter' => /[a-z]/,
    'a digit' => /[0-9]/,
    'a special character' => /[#{Regexp.escape(SPECIAL)}]/
  }.freeze

  included do
    attr_reader :password
    attr_accessor :password_confirmation

    validates :password, presence: true, on: :create
    validates :password, length: {in: 6..128}, confirmation: true, if: :password
    validate :password_has_every_kind, if: :password
    before_update :rotate_tokens, if: :encrypted_password_changed?
  end

  def password=(password)
    @password = password
    self.encrypted_password = password.blank? ? '' : BCrypt::Password.create(password, cost: 10)
  end

  def valid_password?(password)
    encrypted_password.present? && BCrypt::Password.new(encrypted_password) == password
  end

  private

  def password_has_every_kind
    KINDS.each { |kind, pattern| errors.add(:password, "must contain #{kind}") unless password.match?(pattern) }
    errors.add(:password, 'contains other characters') if password.match?(/[^A-Za-z0-9#{Regexp.escape(SPECIAL)}]/)
  end

  # Whoever knew the old password loses sessions and live updates.
  def rotate_tokens
    self.tokens = {}
    self.pubsub_token = self.class.generate_unique_secure_token
  end
end
