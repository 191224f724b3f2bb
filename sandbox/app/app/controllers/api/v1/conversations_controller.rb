class Api::V1::ConversationsController < Api::V1::BaseController
  def index = render(json: {data: {payload: account.conversations.order(:id).map { |one| as_json_of(one) }}})
  def show = render(json: as_json_of(account.conversations.find_by!(display_id: params[:id])))

  def create
    render json: as_json_of(account.conversations.create!(inbox: account.inboxes.find(params.require(:inbox_id))))
  end

  private

  def account = @account ||= @user.accounts.find(params[:account_id])
  def as_json_of(conversation) = {id: conversation.display_id, uuid: conversation.uuid, inbox_id: conversation.inbox_id, status: conversation.status}
end
