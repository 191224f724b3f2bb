class InstallationConfig < ApplicationRecord
  validates :name, presence: true, uniqueness: true

  after_commit { GlobalConfig.clear_cache }

  def value = serialized_value['value']

  def value=(value)
    self.serialized_value = {'value' => value}
  end
end
