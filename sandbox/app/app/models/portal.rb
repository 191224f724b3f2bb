class Portal < ApplicationRecord
  belongs_to :account
end
