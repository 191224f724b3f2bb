class Account < ApplicationRecord
  enum :status, {active: 0, suspended: 1}

  has_many :account_users, dependent: :destroy
  has_many :users, through: :account_users
  has_many :inboxes, dependent: :destroy
  has_many :conversations, dependent: :destroy
  has_many :messages, dependent: :destroy
  has_many :portals, dependent: :destroy
  has_many :web_widgets, class_name: 'Channel::WebWidget', dependent: :destroy

  validates :name, presence: true
  validates :support_email, format: {with: URI::MailTo::EMAIL_REGEXP}, allow_blank: true

  def administrators = users.where(account_users: {role: :administrator})
  def agents = users.where(account_users: {role: :agent})
end
