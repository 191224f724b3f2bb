class WebhooksController < ApplicationController
  def create
    Webhooks::EventJob.perform_later(params[:channel], request.request_parameters.to_h)
    head :ok
  end
end
