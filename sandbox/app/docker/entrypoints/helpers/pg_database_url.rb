#!/usr/bin/env ruby
# Prints shell lines that tell the entrypoint where PostgreSQL is.
require 'uri'
require 'shellwords'

if ENV['DATABASE_URL'].to_s.empty?
  puts 'export POSTGRES_PORT=5432' if ENV['POSTGRES_PORT'].to_s.empty?
else
  url = URI.parse(ENV['DATABASE_URL'])
  puts "export POSTGRES_HOST=#{url.host.to_s.shellescape if url.host}"
  puts "export POSTGRES_PORT=#{url.port}"
  puts "export POSTGRES_USERNAME=#{url.user.to_s.shellescape if url.user}"
end
