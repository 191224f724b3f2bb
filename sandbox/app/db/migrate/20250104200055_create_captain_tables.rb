class CreateCaptainTables < ActiveRecord::Migration[7.0]
  def up
    enable_vector
    create_table :article_embeddings do |t|
      t.bigint :article_id, null: false
      t.text :term, null: false
      t.column :embedding, 'vector(1536)'
      t.timestamps
    end
  end

  def down
    drop_table :article_embeddings
  end

  private

  def enable_vector
    enable_extension 'vector'
  rescue ActiveRecord::StatementInvalid
    raise "Failed to enable 'vector' extension. Read more at https://chwt.app/v4/migration"
  end
end
