# Its work is done by the worker: the migration only queues it, so it needs the real Redis.
class TouchAccountsLater < ActiveRecord::Migration[7.0]
  def up
    Account.find_each { |account| TouchAccountJob.perform_later(account) }
  end
end
