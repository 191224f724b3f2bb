# Takes what a channel's webhook delivered and tells every administrator's open page.
class Webhooks::EventJob < ApplicationJob
  queue_as :low

  def perform(channel, payload)
    Rails.logger.info("webhook of #{channel} with #{payload.size} fields")
    tokens = User.where(id: AccountUser.administrator.select(:user_id)).pluck(:pubsub_token)
    ActionCableBroadcastJob.perform_later(tokens, 'webhook.received', {channel: channel, payload: payload})
  end
end
