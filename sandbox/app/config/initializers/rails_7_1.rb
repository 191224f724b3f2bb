# Scripts that are written for the original's Rails 7.1 find the migrations here; Rails 7.2 moved them to the pool.
ActiveSupport.on_load(:active_record) do
  ActiveRecord::ConnectionAdapters::AbstractAdapter.define_method(:migration_context) { pool.migration_context }
end
