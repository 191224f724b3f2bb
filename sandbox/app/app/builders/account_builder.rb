# Creates an account with its first administrator in one transaction: [user, account].
class AccountBuilder
  include ActiveModel::Model

  class UserExists < StandardError; end
  class InvalidEmail < StandardError; end

  attr_accessor :account_name, :user_full_name, :email, :user_password, :user, :account, :super_admin, :confirmed, :locale

  def perform
    check_email
    ActiveRecord::Base.transaction do
      @account = Account.create!(name: account_name.presence || email.split('@').last, custom_attributes: {onboarding_step: 'account_details'})
      @user ||= create_user
      AccountUser.create!(account: @account, user: @user, role: :administrator)
    end
    [@user, @account]
  end

  private

  def check_email
    raise InvalidEmail, 'the e-mail address is not valid' unless email.to_s.match?(/\A[^@\s]+@[^@\s]+\.[^@\s]+\z/)
    raise InvalidEmail, 'mail of this domain is not accepted' if blocked_domains.include?(email.split('@').last.downcase)
    raise UserExists, "there is a user #{email} already" if user.nil? && User.exists?(email: email.downcase)
  end

  def blocked_domains
    GlobalConfig.get_value('BLOCKED_EMAIL_DOMAINS').to_s.split("\n").map { |domain| domain.strip.downcase }
  end

  def create_user
    (super_admin ? SuperAdmin : User).new(name: user_full_name.presence || email.split('@').first, email: email, password: user_password,
                                          password_confirmation: user_password).tap do |user|
      user.skip_confirmation! if confirmed
      user.save!
    end
  end
end
