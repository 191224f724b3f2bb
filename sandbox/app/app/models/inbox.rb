class Inbox < ApplicationRecord
  belongs_to :account
  belongs_to :channel, polymorphic: true
  has_many :conversations, dependent: :destroy

  validates :name, presence: true
end
