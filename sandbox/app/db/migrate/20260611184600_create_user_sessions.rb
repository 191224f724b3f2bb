class CreateUserSessions < ActiveRecord::Migration[7.0]
  def change
    create_table :user_sessions do |t|
      t.references :user, null: false
      t.string :client_id, null: false
      t.string :ip_address
      t.timestamps
    end
  end
end
