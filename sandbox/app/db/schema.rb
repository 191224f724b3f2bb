# The schema of a new installation at v4.15.1.
ActiveRecord::Schema[7.0].define(version: 2026_06_11_184600) do
  enable_extension 'pg_stat_statements'
  enable_extension 'pg_trgm'
  enable_extension 'pgcrypto'
  enable_extension 'plpgsql'
  enable_extension 'vector'

  create_table :access_tokens, force: :cascade do |t|
    t.string :owner_type
    t.bigint :owner_id
    t.string :token
    t.timestamps
    t.index %i[owner_type owner_id]
    t.index :token, unique: true
  end

  create_table :account_users, force: :cascade do |t|
    t.bigint :account_id
    t.bigint :user_id
    t.integer :role, default: 0
    t.bigint :inviter_id
    t.datetime :active_at
    t.integer :availability, default: 0, null: false
    t.timestamps
    t.index %i[account_id user_id], unique: true
    t.index :user_id
  end

  create_table :accounts, id: :serial, force: :cascade do |t|
    t.string :name, null: false
    t.integer :locale, default: 0
    t.string :domain, limit: 100
    t.string :support_email, limit: 100
    t.bigint :feature_flags, default: 0, null: false
    t.jsonb :limits, default: {}
    t.jsonb :custom_attributes, default: {}
    t.jsonb :settings, default: {}
    t.integer :status, default: 0
    t.timestamps
  end

  create_table :active_storage_blobs, force: :cascade do |t|
    t.string :key, null: false
    t.string :filename, null: false
    t.string :content_type
    t.text :metadata
    t.bigint :byte_size, null: false
    t.string :checksum
    t.datetime :created_at, null: false
    t.string :service_name, null: false
    t.index :key, unique: true
  end

  create_table :active_storage_attachments, force: :cascade do |t|
    t.string :name, null: false
    t.string :record_type, null: false
    t.bigint :record_id, null: false
    t.bigint :blob_id, null: false
    t.datetime :created_at, null: false
    t.index %i[record_type record_id name blob_id], name: 'index_active_storage_attachments_uniqueness', unique: true
  end

  create_table :active_storage_variant_records, force: :cascade do |t|
    t.bigint :blob_id, null: false
    t.string :variation_digest, null: false
    t.index %i[blob_id variation_digest], name: 'index_active_storage_variant_records_uniqueness', unique: true
  end

  create_table :article_embeddings, force: :cascade do |t|
    t.bigint :article_id, null: false
    t.text :term, null: false
    t.column :embedding, 'vector(1536)'
    t.timestamps
  end

  create_table :channel_web_widgets, id: :serial, force: :cascade do |t|
    t.string :website_url
    t.integer :account_id
    t.string :website_token
    t.string :widget_color, default: '#1f93ff'
    t.timestamps
    t.index :website_token, unique: true
  end

  create_table :conversations, id: :serial, force: :cascade do |t|
    t.integer :account_id, null: false
    t.integer :inbox_id, null: false
    t.integer :display_id, null: false
    t.integer :status, default: 0, null: false
    t.uuid :uuid, default: -> { 'gen_random_uuid()' }, null: false
    t.jsonb :additional_attributes, default: {}
    t.timestamps
    t.index %i[account_id display_id], unique: true
  end

  create_table :inboxes, id: :serial, force: :cascade do |t|
    t.integer :channel_id, null: false
    t.string :channel_type
    t.integer :account_id, null: false
    t.string :name, null: false
    t.timestamps
    t.index :account_id
  end

  create_table :installation_configs, force: :cascade do |t|
    t.string :name, null: false
    t.jsonb :serialized_value, default: {}, null: false
    t.boolean :locked, default: true, null: false
    t.timestamps
    t.index :name, unique: true
  end

  create_table :messages, id: :serial, force: :cascade do |t|
    t.text :content
    t.integer :account_id, null: false
    t.integer :inbox_id, null: false
    t.integer :conversation_id, null: false
    t.integer :message_type, null: false
    t.boolean :private, default: false, null: false
    t.string :sender_type
    t.bigint :sender_id
    t.jsonb :additional_attributes, default: {}
    t.timestamps
    t.index :conversation_id
    t.index %i[account_id created_at]
  end

  create_table :portals, force: :cascade do |t|
    t.integer :account_id, null: false
    t.string :name, null: false
    t.string :slug, null: false
    t.string :custom_domain
    t.jsonb :config, default: {'allowed_locales' => ['en']}
    t.timestamps
    t.index :custom_domain, unique: true
    t.index :slug, unique: true
  end

  create_table :user_sessions, force: :cascade do |t|
    t.bigint :user_id, null: false
    t.string :client_id, null: false
    t.string :ip_address
    t.timestamps
    t.index :user_id
  end

  create_table :users, id: :serial, force: :cascade do |t|
    t.string :provider, default: 'email', null: false
    t.string :uid, default: '', null: false
    t.string :type
    t.string :name, null: false
    t.string :display_name
    t.string :email
    t.string :encrypted_password, default: '', null: false
    t.string :reset_password_token
    t.datetime :reset_password_sent_at
    t.string :confirmation_token
    t.datetime :confirmed_at
    t.datetime :confirmation_sent_at
    t.json :tokens
    t.string :pubsub_token
    t.integer :availability, default: 0
    t.boolean :otp_required_for_login, default: false
    t.string :otp_secret
    t.jsonb :ui_settings, default: {}
    t.jsonb :custom_attributes, default: {}
    t.timestamps
    t.index :email
    t.index :pubsub_token, unique: true
    t.index %i[uid provider], unique: true
  end

  # Each account numbers its own conversations and campaigns. These sequences exist in the database alone.
  execute <<~SQL
    CREATE OR REPLACE FUNCTION accounts_after_insert_row_tr() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      EXECUTE format('CREATE SEQUENCE IF NOT EXISTS conv_dpid_seq_%s', NEW.id);
      EXECUTE format('CREATE SEQUENCE IF NOT EXISTS camp_dpid_seq_%s', NEW.id);
      RETURN NULL;
    END $$;
    DROP TRIGGER IF EXISTS accounts_after_insert_row_tr ON accounts;
    CREATE TRIGGER accounts_after_insert_row_tr AFTER INSERT ON accounts
      FOR EACH ROW EXECUTE FUNCTION accounts_after_insert_row_tr();

    CREATE OR REPLACE FUNCTION conversations_before_insert_row_tr() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.display_id := nextval('conv_dpid_seq_' || NEW.account_id);
      RETURN NEW;
    END $$;
    DROP TRIGGER IF EXISTS conversations_before_insert_row_tr ON conversations;
    CREATE TRIGGER conversations_before_insert_row_tr BEFORE INSERT ON conversations
      FOR EACH ROW EXECUTE FUNCTION conversations_before_insert_row_tr();
  SQL
end
