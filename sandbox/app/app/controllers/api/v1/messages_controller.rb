class Api::V1::MessagesController < Api::V1::BaseController
  def index = render(json: {payload: conversation.messages.order(:id).map(&:as_event)})

  def create
    message = conversation.messages.create!(
      account: account, inbox: conversation.inbox, sender: @user, content: params[:content],
      message_type: params.fetch(:message_type, 'outgoing'), attachments: Array(params[:attachments])
    )
    render json: message.as_event
  end

  private

  def conversation = account.conversations.find_by!(display_id: params[:conversation_id])
end
