class WellKnownController < ApplicationController
  def android
    render json: [{relation: ['delegate_permission/common.handle_all_urls'],
                   target: {namespace: 'android_app', package_name: ENV.fetch('ANDROID_BUNDLE_ID', 'com.chatwoot.app'),
                            sha256_cert_fingerprints: [ENV.fetch('ANDROID_SHA256_CERT_FINGERPRINT', '')]}}]
  end

  def apple
    render json: {applinks: {apps: [], details: [{appID: ENV.fetch('IOS_APP_ID', 'stand-in'), paths: ['*']}]}}
  end

  def microsoft
    render json: {associatedApplications: [{applicationId: GlobalConfig.get_value('AZURE_APP_ID')}]}
  end
end
