class Api::V1::ProfilesController < Api::V1::BaseController
  def show = render(json: user_as_json(@user))
end
