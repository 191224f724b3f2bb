# A setting from the database. The environment is only asked when there is no row yet, and then becomes the row.
module GlobalConfigService
  def self.load(name, default)
    value = GlobalConfig.get_value(name)
    return value if value.present?

    row = InstallationConfig.where(name: name).first_or_create(value: ENV.fetch(name, default), locked: false)
    GlobalConfig.clear_cache
    row.value
  end
end
