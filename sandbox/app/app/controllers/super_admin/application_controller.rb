class SuperAdmin::ApplicationController < ActionController::Base
  protect_from_forgery with: :exception
  before_action :require_super_admin

  private

  def require_super_admin
    @super_admin = SuperAdmin.find_by(id: session[:super_admin_id])
    redirect_to '/super_admin/sign_in' unless @super_admin
  end
end
