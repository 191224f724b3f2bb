class TouchAccountJob < ApplicationJob
  queue_as :async_database_migration

  def perform(account) = account.touch
end
