require 'socket'

# A worker's health page: "Alive!" while the worker's own key exists in Redis. A job of its own queue renews the key, so
# a worker that no longer runs jobs loses it.
module SidekiqAlive
  TTL = Integer(ENV.fetch('STAND_IN_ALIVE_TTL', 600))
  HOSTNAME = ENV.fetch('HOSTNAME') { Socket.gethostname }
  KEY = "SIDEKIQ::LIVENESS_PROBE_TIMESTAMP::#{HOSTNAME}".freeze
  QUEUE = "sidekiq-alive-#{HOSTNAME}".freeze

  class Job
    include Sidekiq::Job
    sidekiq_options queue: QUEUE, retry: false

    def perform
      SidekiqAlive.renew
      self.class.perform_in(TTL / 2)
    end
  end

  class << self
    attr_accessor :quiet

    def start
      renew
      Sidekiq.redis { |redis| redis.call('ZADD', 'sidekiq-alive-hostnames', Time.now.to_i, HOSTNAME) }
      Job.perform_async
      server = TCPServer.new(ENV.fetch('SIDEKIQ_ALIVE_HOST', '0.0.0.0'), Integer(ENV.fetch('SIDEKIQ_ALIVE_PORT', 7433)))
      Thread.new { loop { answer(server.accept) } }
    end

    def stop
      Sidekiq.redis do |redis|
        redis.call('ZREM', 'sidekiq-alive-hostnames', HOSTNAME)
        redis.call('DEL', KEY, "queue:#{QUEUE}")
      end
    end

    def renew
      Sidekiq.redis { |redis| redis.call('SET', KEY, Time.now.to_i, 'EX', TTL) }
    end

    private

    def answer(socket)
      path = socket.gets.to_s.split[1]
      status, body = page(path)
      socket.write("HTTP/1.1 #{status}\r\nContent-Type: text/plain\r\nContent-Length: #{body.bytesize}\r\nConnection: close\r\n\r\n#{body}")
    rescue SystemCallError => e
      Sidekiq.logger.warn("health page: #{e.message}")
    ensure
      socket.close
    end

    def page(path)
      return ['404 Not Found', 'Not found'] unless path == ENV.fetch('SIDEKIQ_ALIVE_PATH', '/')
      return ['200 OK', 'Server is shutting down'] if quiet

      Sidekiq.redis { |redis| redis.call('EXISTS', KEY) } == 1 ? ['200 OK', 'Alive!'] : ['404 Not Found', "Can't find the alive key"]
    rescue StandardError => e
      ['500 Internal Server Error', e.class.name]
    end
  end
end
