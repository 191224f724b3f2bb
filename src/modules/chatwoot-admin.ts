import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {site} from './chatwoot-arguments.ts'
import {askDatabase, bundleExec, type DatabaseServer, psql, readServer, redisCli} from './chatwoot-containers.ts'
import {rubyWith} from './chatwoot-ruby.ts'

const onboardingKey = 'alfred:CHATWOOT_INSTALLATION_ONBOARDING'

// Chatwoot's own rules; what they refuse would only be told after the app has started, a minute later.
const password = z
  .string()
  .min(6, 'must have 6 characters or more')
  .max(128, 'must have 128 characters or less')
  .regex(/[A-Z]/, 'needs an upper case letter')
  .regex(/[a-z]/, 'needs a lower case letter')
  .regex(/\d/, 'needs a digit')
  .regex(/[^A-Za-z0-9]/, 'needs a special character')
  .regex(/^[ -~]*$/, 'may hold ASCII characters only')

const schema = z.strictObject({
  ...site,
  email: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+$/, 'must be an e-mail address')
    .describe("The admin's address."),
  name: z.string().min(1).describe("The admin's name; used when the admin is made."),
  password: password.describe('Used when the admin is made; never changes that of an admin who exists.'),
  account: z.string().min(1).describe('Account that is made when the admin does not administer any.'),
})

type Wanted = z.infer<typeof schema>

type State = {
  readonly server: DatabaseServer
  /** Undefined: there is no such user. */
  readonly user:
    | {readonly superAdmin: boolean; readonly confirmed: boolean; readonly administrator: boolean}
    | undefined
  /** Whoever opens the site may make himself its admin. */
  readonly onboarding: boolean
}

/** chatwoot_admin: a super admin who administers an account, and nobody else who can become one. */
export const chatwoot_admin = hostModule<Wanted, State>({
  name: 'chatwoot_admin',
  summary: 'Makes the first admin and account, and closes the page on which anybody could become the admin.',
  topic: 'chatwoot',
  example: {
    name: 'First admin',
    chatwoot_admin: {
      project_src: '/opt/chatwoot',
      email: 'admin@example.com',
      name: 'Admin',
      password: '{{ chatwoot_admin_password }}',
      account: 'Example',
    },
    no_log: true,
  },
  schema,
  probe: ({project, database, email}) =>
    askDatabase(
      project,
      sh`${raw(psql(project, database, userQuery, {email}))} 2>/dev/null
printf 'onboarding=%s\n' "$(${raw(redisCli(project, ['exists', onboardingKey]))} 2>/dev/null)"`,
    ),
  parse,
  plan,
  apply: (change, wanted) =>
    change.what === 'admin' ? makeAdmin(wanted) : redisCli(wanted.project, ['del', onboardingKey]),
})

const userQuery = `
select 'super_admin=' || (coalesce(type, '') = 'SuperAdmin'),
  'confirmed=' || (confirmed_at is not null),
  'administrator=' || exists(select from account_users where user_id = users.id and role = 1)
from users where lower(email) = lower(:'email') order by id limit 1;
`.trim()

function parse(answer: string): State {
  const {server, super_admin, confirmed, administrator, onboarding} = fields(answer.replaceAll('|', '\n'))
  const user = {
    superAdmin: super_admin === 'true',
    confirmed: confirmed === 'true',
    administrator: administrator === 'true',
  }
  return {
    server: readServer(server),
    user: super_admin === undefined ? undefined : user,
    onboarding: onboarding === '1',
  }
}

function plan({server, user, onboarding}: State): readonly Change[] {
  if (server === 'asleep') return []
  const inOrder = user?.superAdmin && user.confirmed && user.administrator
  // Who makes the admin closes the page as well.
  if (!inOrder)
    return [{what: 'admin', before: user ?? null, after: {superAdmin: true, confirmed: true, administrator: true}}]
  return onboarding ? [{what: 'onboarding', before: 'open to everybody', after: 'closed'}] : []
}

function makeAdmin(wanted: Wanted): Shell {
  const {email, name, password, account} = wanted
  return bundleExec(wanted, ['rails', 'runner', '-'], {stdin: rubyWith({email, name, password, account}, script)})
}

const script = `
ActiveRecord::Base.transaction do
  user = User.find_by(email: wanted['email'].downcase)
  if user.nil?
    user = SuperAdmin.new(name: wanted['name'], email: wanted['email'], password: wanted['password'],
                          password_confirmation: wanted['password'])
    user.skip_confirmation!
    user.save!
  end
  user.update_columns(type: 'SuperAdmin') unless user.type == 'SuperAdmin'
  user.update_columns(confirmed_at: Time.current) if user.confirmed_at.nil?
  unless AccountUser.exists?(user_id: user.id, role: :administrator)
    account = Account.find_by(name: wanted['account']) || Account.create!(name: wanted['account'])
    member = AccountUser.find_or_initialize_by(account_id: account.id, user_id: user.id)
    member.role = :administrator
    member.save!
  end
end
Redis::Alfred.delete(Redis::Alfred::CHATWOOT_INSTALLATION_ONBOARDING)
`.trim()
