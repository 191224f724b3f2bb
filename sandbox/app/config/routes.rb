require 'sidekiq/web'

Rails.application.routes.draw do
  get '/health', to: 'health#show' if Gem::Version.new(Chatwoot.config[:version]) >= Gem::Version.new('4.11.0')
  get '/api', to: 'api#index'

  root to: 'dashboard#index'
  get '/app', to: 'dashboard#index'
  get '/app/*page', to: 'dashboard#index'
  get '/installation/onboarding', to: 'installation/onboarding#index'
  post '/installation/onboarding', to: 'installation/onboarding#create'

  post '/auth/sign_in', to: 'auth#create'
  delete '/auth/sign_out', to: 'auth#destroy'
  get '/auth/validate_token', to: 'auth#show'
  post '/auth/password', to: 'auth#forgot'
  get '/auth/confirmation', to: 'auth#confirm'

  namespace :api do
    namespace :v1 do
      resource :profile, only: :show
      resources :accounts, only: %i[create show] do
        post :upload, to: 'uploads#create'
        resources :inboxes, only: %i[index create show]
        resources :conversations, only: %i[index create show] do
          resources :messages, only: %i[index create]
          resource :direct_uploads, only: :create
        end
      end
    end
  end

  get '/super_admin', to: 'super_admin/dashboard#index'
  get '/super_admin/instance_status', to: 'super_admin/dashboard#instance_status'
  get '/super_admin/sign_in', to: 'super_admin/sessions#new'
  post '/super_admin/sign_in', to: 'super_admin/sessions#create'
  get '/super_admin/sign_out', to: 'super_admin/sessions#destroy'
  constraints ->(request) { SuperAdmin.exists?(id: request.session[:super_admin_id]) if request.session[:super_admin_id] } do
    mount Sidekiq::Web, at: '/monitoring/sidekiq'
  end

  get '/widget', to: 'widgets#show'
  post '/webhooks/:channel(/:token)', to: 'webhooks#create'
  post '/bot', to: 'webhooks#create', defaults: {channel: 'facebook'}

  get '/.well-known/assetlinks.json', to: 'well_known#android'
  get '/.well-known/apple-app-site-association', to: 'well_known#apple'
  get '/.well-known/microsoft-identity-association.json', to: 'well_known#microsoft'

  get '/__echo', to: 'stand_in#echo'
  get '/__slow', to: 'stand_in#slow'
end
