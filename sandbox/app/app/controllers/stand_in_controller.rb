require 'socket'

# What the original does not have: pages that show how a request arrived, or take their time.
class StandInController < ApplicationController
  LONGEST_SECONDS = 60

  def echo
    render json: {
      stand_in: true, version: Chatwoot.config[:version], hostname: Socket.gethostname, remote_ip: request.remote_ip,
      scheme: request.scheme, host: request.host_with_port, path: request.fullpath, headers: headers_as_sent
    }
  end

  def slow
    sleep params.fetch(:seconds, 1).to_f.clamp(0, LONGEST_SECONDS)
    render plain: "done\n"
  end

  private

  def headers_as_sent
    request.env.filter_map { |name, value| [name.delete_prefix('HTTP_').downcase.tr('_', '-'), value] if name.start_with?('HTTP_') }.to_h
  end
end
