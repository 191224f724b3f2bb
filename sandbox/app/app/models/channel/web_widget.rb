class Channel::WebWidget < ApplicationRecord
  self.table_name = 'channel_web_widgets'

  belongs_to :account
  has_one :inbox, as: :channel, dependent: :destroy
  has_secure_token :website_token

  def web_widget_script
    "<script>(function(d){var s=d.createElement('script');s.src='#{ENV.fetch('FRONTEND_URL', '')}/packs/js/sdk.js';" \
      "s.onload=function(){window.chatwootSDK.run({websiteToken:'#{website_token}',baseUrl:'#{ENV.fetch('FRONTEND_URL', '')}'})};" \
      'd.head.append(s)})(document)</script>'
  end
end
