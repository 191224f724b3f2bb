class RoomChannel < ApplicationCable::Channel
  def subscribed
    # An unknown token raises: the log says so, and the client hears nothing.
    @user = User.find_by!(pubsub_token: params[:pubsub_token])
    stream_from params[:pubsub_token]
    update_presence
  end

  def update_presence
    return if params[:account_id].blank?

    key = format(Redis::Alfred::ONLINE_PRESENCE_USERS, account_id: params[:account_id])
    Redis::Alfred.zadd(key, Time.now.to_i, @user.id)
    ActionCable.server.broadcast(params[:pubsub_token], {event: 'presence.update', data: {account_id: params[:account_id], users: online(key)}})
  end

  private

  def online(key)
    Redis::Alfred.zrangebyscore(key, 20.seconds.ago.to_i, '+inf').index_with { 'online' }
  end
end
