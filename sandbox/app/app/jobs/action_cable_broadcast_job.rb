class ActionCableBroadcastJob < ApplicationJob
  queue_as :critical

  def perform(pubsub_tokens, event, data)
    pubsub_tokens.each { |token| ActionCable.server.broadcast(token, {event: event, data: data}) }
  end
end
