class AccessToken < ApplicationRecord
  belongs_to :owner, polymorphic: true
  has_secure_token :token
end
