class AccountUser < ApplicationRecord
  belongs_to :account
  belongs_to :user
  belongs_to :inviter, class_name: 'User', optional: true

  enum :role, {agent: 0, administrator: 1}
  enum :availability, {online: 0, offline: 1, busy: 2}

  validates :user_id, uniqueness: {scope: :account_id}

  after_save :mark_present

  private

  def mark_present
    Redis::Alfred.zadd(format(Redis::Alfred::ONLINE_PRESENCE_USERS, account_id: account_id), Time.now.to_i, user_id)
  end
end
