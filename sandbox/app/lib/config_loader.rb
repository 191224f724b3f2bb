# Creates the installation settings and feature flags that are missing; values that exist stay as they are.
class ConfigLoader
  def process(options = {})
    @overwrite = options.fetch(:reconcile_only_new, true) == false
    settings.each { |setting| reconcile(setting['name'], setting['value'], setting.fetch('locked', true)) }
    reconcile('ACCOUNT_LEVEL_FEATURE_DEFAULTS', merged_features, true, overwrite: true)
    GlobalConfig.clear_cache
  end

  private

  def settings = YAML.safe_load_file(Rails.root.join('config/installation_config.yml'))
  def features = YAML.safe_load_file(Rails.root.join('config/features.yml'))

  def reconcile(name, value, locked, overwrite: @overwrite)
    row = InstallationConfig.find_or_initialize_by(name: name)
    return if row.persisted? && !overwrite

    row.value = value
    row.locked = locked
    row.save! if row.changed?
  end

  def merged_features
    known = InstallationConfig.find_by(name: 'ACCOUNT_LEVEL_FEATURE_DEFAULTS')&.value || []
    known + features.reject { |feature| known.any? { |other| other['name'] == feature['name'] } }
  end
end
