require 'bcrypt'

class User < ApplicationRecord
  include PasswordRules
  include Confirmable
  include SessionTokens

  has_many :account_users, dependent: :destroy
  has_many :accounts, through: :account_users
  has_one :access_token, as: :owner, dependent: :destroy
  has_many :user_sessions, dependent: :delete_all
  has_secure_token :pubsub_token

  enum :availability, {online: 0, offline: 1, busy: 2}

  before_validation { self.email = email&.downcase&.strip }
  before_validation { self.uid = email if provider == 'email' }
  after_create { create_access_token! }

  validates :name, presence: true
  validates :email, presence: true, uniqueness: true, format: {with: /\A[^@\s]+@[^@\s]+\z/}

  def self.from_email(email) = find_by(email: email&.downcase)

  def administrator? = account_users.administrator.exists?
end
