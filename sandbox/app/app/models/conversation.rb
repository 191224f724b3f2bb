class Conversation < ApplicationRecord
  belongs_to :account
  belongs_to :inbox
  has_many :messages, dependent: :destroy

  enum :status, {open: 0, resolved: 1, pending: 2, snoozed: 3}

  # The database's trigger chooses the number.
  before_create { self.display_id ||= 0 }
  after_create { self.display_id = self.class.where(id: id).pick(:display_id) }
end
