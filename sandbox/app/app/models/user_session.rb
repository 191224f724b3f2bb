class UserSession < ApplicationRecord
  belongs_to :user
end
