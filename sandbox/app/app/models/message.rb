class Message < ApplicationRecord
  belongs_to :account
  belongs_to :inbox
  belongs_to :conversation
  belongs_to :sender, polymorphic: true, optional: true
  has_many_attached :attachments

  enum :message_type, {incoming: 0, outgoing: 1, activity: 2, template: 3}

  after_create_commit { ActionCableBroadcastJob.perform_later(account.users.pluck(:pubsub_token), 'message.created', as_event) }

  def as_event
    {
      id: id, content: content, account_id: account_id, inbox_id: inbox_id, conversation_id: conversation.display_id,
      message_type: self.class.message_types[message_type], created_at: created_at.to_i,
      attachments: attachments.map { |file| {file_size: file.byte_size, data_url: file_url(file)} }
    }
  end

  private

  def file_url(file)
    "#{ENV.fetch('FRONTEND_URL', '')}#{Rails.application.routes.url_helpers.rails_blob_path(file, only_path: true)}"
  end
end
