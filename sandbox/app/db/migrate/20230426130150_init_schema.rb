# Everything older lies in schema.rb; nobody comes here from an empty database.
class InitSchema < ActiveRecord::Migration[7.0]
  def up
    raise 'this version can only be reached through older ones' unless table_exists?(:accounts)
  end

  def down
    raise ActiveRecord::IrreversibleMigration
  end
end
