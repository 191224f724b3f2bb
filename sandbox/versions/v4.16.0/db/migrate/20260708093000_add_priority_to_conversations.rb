class AddPriorityToConversations < ActiveRecord::Migration[7.0]
  def change
    add_column :conversations, :priority, :integer
    add_index :conversations, :priority
  end
end
