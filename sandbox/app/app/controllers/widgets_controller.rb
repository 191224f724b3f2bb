class WidgetsController < ApplicationController
  def show
    @widget = Channel::WebWidget.find_by(website_token: params[:website_token])
    return render(json: {error: 'web widget does not exist'}, status: :not_found) unless @widget

    # The page lives in a frame on somebody else's site.
    response.headers.delete('X-Frame-Options')
  end
end
