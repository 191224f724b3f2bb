# Anybody may connect; the pubsub token is asked for at the subscription.
class ApplicationCable::Connection < ActionCable::Connection::Base
end
