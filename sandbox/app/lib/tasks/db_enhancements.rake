# New settings appear with the schema that knows them.
Rake::Task['db:migrate'].enhance do
  puts 'Loading Installation config'
  ConfigLoader.new.process
end

namespace :db do
  desc 'Creates or loads what is missing in the database, then migrates it'
  task chatwoot_prepare: :load_config do
    ActiveRecord::Base.configurations.configs_for(env_name: Rails.env).each do |config|
      ActiveRecord::Base.establish_connection(config)
      next if ActiveRecord::Base.connection.table_exists?('ar_internal_metadata')

      # The seed is tied to the first load: when it fails, no later run makes up for it.
      ActiveRecord::Tasks::DatabaseTasks.load_schema(config)
      ActiveRecord::Tasks::DatabaseTasks.load_seed
    end
    Rake::Task['db:migrate'].invoke
  rescue ActiveRecord::NoDatabaseError
    Rake::Task['db:setup'].invoke
  end
end
