class Api::V1::InboxesController < Api::V1::BaseController
  def index = render(json: {payload: account.inboxes.map { |inbox| as_json_of(inbox) }})
  def show = render(json: as_json_of(account.inboxes.find(params[:id])))

  def create
    channel = account.web_widgets.create!(params.require(:channel).permit(:website_url, :widget_color))
    render json: as_json_of(account.inboxes.create!(name: params[:name], channel: channel))
  end

  private

  def account = @account ||= @user.accounts.find(params[:account_id])

  def as_json_of(inbox)
    {id: inbox.id, name: inbox.name, channel_type: inbox.channel_type, website_url: inbox.channel.website_url,
     website_token: inbox.channel.website_token, web_widget_script: inbox.channel.web_widget_script}
  end
end
