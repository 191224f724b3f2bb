class SuperAdmin::DashboardController < SuperAdmin::ApplicationController
  def index; end

  def instance_status
    @rows = {
      'Version' => Chatwoot.config[:version],
      'Git SHA' => Rails.root.join('.git_sha').read.strip,
      'PostgreSQL alive' => ActiveRecord::Base.connection.active?,
      'Redis alive' => Redis::Alfred.exists?('STATUS').in?([true, false]),
      'Migrations pending' => ActiveRecord::Base.connection_pool.migration_context.needs_migration?
    }
  end
end
