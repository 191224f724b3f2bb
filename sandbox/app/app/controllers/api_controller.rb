class ApiController < ApplicationController
  def index
    render json: {
      version: Chatwoot.config[:version], timestamp: Time.now.utc.to_fs(:db),
      queue_services: redis_status, data_services: postgres_status
    }
  end

  private

  # Only what cannot be connected to is "failing"; a refused command is an error of ours, and of the page.
  def redis_status
    return 'failing' if ENV['STAND_IN_API_FAILING']

    client = Redis.new(Redis::Config.app)
    client.ping == 'PONG' ? 'ok' : 'failing'
  rescue Redis::CannotConnectError
    'failing'
  ensure
    client&.close
  end

  def postgres_status
    ActiveRecord::Base.connection.execute('SELECT 1')
    'ok'
  rescue ActiveRecord::ActiveRecordError
    'failing'
  end
end
