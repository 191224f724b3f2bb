class SuperAdmin::SessionsController < SuperAdmin::ApplicationController
  skip_before_action :require_super_admin

  def new; end

  def create
    admin = SuperAdmin.find_by(email: credentials[:email].to_s.downcase)
    return redirect_to('/super_admin/sign_in', flash: {error: 'wrong e-mail address or password'}) unless admin&.valid_password?(credentials[:password])

    reset_session
    session[:super_admin_id] = admin.id
    redirect_to '/super_admin'
  end

  def destroy
    reset_session
    redirect_to '/super_admin/sign_in'
  end

  private

  def credentials = params.require(:super_admin).permit(:email, :password)
end
