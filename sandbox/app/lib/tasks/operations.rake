desc 'Prints a new secret of 128 hexadecimal digits'
task(:secret) { puts SecureRandom.hex(64) }

namespace :instance_id do
  desc 'Prints the identifier of this installation, made at the first call'
  task get_installation_identifier: :environment do
    row = InstallationConfig.find_or_initialize_by(name: 'INSTALLATION_IDENTIFIER')
    row.update!(value: SecureRandom.uuid, locked: true) if row.value.blank?
    puts row.value
  end
end

namespace :storage do
  desc 'Copies the stored files FROM one service TO another'
  task migrate: :environment do
    from, to = ENV.values_at('FROM', 'TO')
    raise 'Missing FROM or TO argument' if from.blank? || to.blank?

    source, target = ActiveStorage::Blob.services.fetch(from), ActiveStorage::Blob.services.fetch(to)
    ActiveStorage::Blob.where(service_name: from).find_each do |blob|
      source.open(blob.key, checksum: blob.checksum) { |file| target.upload(blob.key, file, checksum: blob.checksum) } unless target.exist?(blob.key)
      blob.update!(service_name: to) if ENV['UPDATE_BLOB_SERVICE_NAME'] == 'true'
    end
  end
end

namespace :mfa do
  desc 'Switches off the second factor of one user'
  task :reset, [:email] => :environment do |_task, arguments|
    User.find_by!(email: arguments[:email].to_s.downcase).update!(otp_required_for_login: false, otp_secret: nil)
    puts 'second factor switched off'
  end
end

namespace :ip_lookup do
  desc 'Fetches the address database when a key for it is set'
  task setup: :environment do
    puts ENV['IP_LOOKUP_API_KEY'].present? ? 'the stand-in fetches nothing' : 'no IP_LOOKUP_API_KEY: nothing to do'
  end
end
