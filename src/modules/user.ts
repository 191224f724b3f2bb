import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {bool, count, absolutePath as path, text, word, words} from './arguments.ts'

const schema = z.strictObject({
  name: word.describe('The user.'),
  state: z.enum(['present', 'absent']).default('present').describe('Whether the user is to be there.'),
  uid: count.optional().describe('Number.'),
  group: word.optional().describe('Primary group.'),
  groups: words.optional().describe('Further groups; an empty list means none.'),
  append: bool.default(false).describe('Adds `groups` to those the user is in, instead of replacing them.'),
  comment: text.optional().describe('Full name or description.'),
  home: path.optional().describe('Home directory.'),
  create_home: bool.default(true).describe('Makes the home directory of a new user.'),
  shell: path.optional().describe('Login shell.'),
  password: z.string().optional().describe('Encrypted password, as in /etc/shadow; `!` locks it.'),
  update_password: z.enum(['always', 'on_create']).default('always').describe('When the password is set.'),
  password_lock: bool.optional().describe('Whether the password is locked.'),
  password_expire_max: count.optional().describe('Days after which the password has to be changed.'),
  password_expire_min: count.optional().describe('Days for which the password cannot be changed again.'),
  system: bool.default(false).describe('A new user gets a number of the system range.'),
  remove: bool.default(false).describe('With absent: removes the home directory, too.'),
  force: bool.default(false).describe('With absent: removes a user who is logged in, too.'),
})

type Wanted = z.infer<typeof schema>
type State = {
  readonly exists: boolean
  readonly fields: {readonly [name: string]: string}
  /** Primary group first. */
  readonly groups: readonly string[]
}

/** user: makes, changes and removes users. */
export const user = hostModule<Wanted, State>({
  name: 'user',
  summary: 'Makes, changes and removes users.',
  topic: 'system',
  example: {name: 'Dana, who may use sudo', user: {name: 'dana', shell: '/bin/bash', groups: 'sudo', append: true}},
  schema,
  aliases: {createhome: 'create_home', user: 'name'},
  refused: {
    generate_ssh_key: 'use command with ssh-keygen, and creates',
    expires: 'use command with chage, and changed_when',
    skeleton: 'use copy after it',
    local: 'leave it out: useradd works on local files',
    umask: 'use file with mode',
  },
  probe: ({name}) => sh`if e=$(getent passwd ${name}); then
printf '%s\n' "$e" | awk -F : '{print "uid=" $3; print "gid=" $4; print "comment=" $5; print "home=" $6; print "shell=" $7}'
getent shadow ${name} 2>/dev/null | awk -F : '{print "password=" $2; print "password_expire_min=" $4; print "password_expire_max=" $5}'
id -nG ${name} | tr ' ' '\n' | sed 's/^/group=/'
fi`,
  parse: answer => ({exists: answer !== '', fields: fields(answer), groups: all(answer, 'group')}),
  plan(state, wanted) {
    if (wanted.state === 'absent') return state.exists ? [{what: 'state', before: 'present', after: 'absent'}] : []
    if (!state.exists) return [{what: 'state', before: 'absent', after: 'present'}]
    return [...fieldChanges(state, wanted), ...groupChanges(state, wanted), ...passwordChanges(state, wanted)]
  },
  apply: (change, wanted) => {
    const {name, force, remove} = wanted
    if (change.after === 'absent') return sh`userdel ${force ? ['-f'] : []} ${remove ? ['-r'] : []} ${name}`
    if (change.what === 'state') return create(wanted)
    // chpasswd reads the password: arguments can be read by everybody.
    if (change.what === 'password') return sh`printf '%s:%s\n' ${name} ${wanted.password ?? ''} | chpasswd -e`
    if (change.what === 'password_lock') return sh`usermod ${change.after === true ? '-L' : '-U'} ${name}`
    const age = ages[change.what]
    if (age !== undefined) return sh`chage ${age} ${String(change.after)} ${name}`
    return sh`usermod ${flags[change.what] ?? ''} ${listOf(change)} ${name}`
  },
  result: (state, {name}) => ({name, ...state.fields, password: 'NOT_LOGGING_PASSWORD', groups: state.groups}),
})

const flags: {readonly [what: string]: string} = {
  uid: '-u',
  group: '-g',
  comment: '-c',
  home: '-d',
  shell: '-s',
  groups: '-G',
}

const ages: {readonly [what: string]: string} = {password_expire_max: '-M', password_expire_min: '-m'}

function fieldChanges(state: State, wanted: Wanted): readonly Change[] {
  const {uid, group, comment, home, shell, password_expire_max: oldest, password_expire_min: youngest} = wanted
  const isPrimary = group === state.groups[0] || group === state.fields.gid
  const pairs = [
    ['uid', state.fields.uid, uid?.toString()],
    ['group', state.groups[0], isPrimary ? undefined : group],
    ['comment', state.fields.comment, comment],
    ['home', state.fields.home, home],
    ['shell', state.fields.shell, shell],
    ['password_expire_max', state.fields.password_expire_max, oldest?.toString()],
    ['password_expire_min', state.fields.password_expire_min, youngest?.toString()],
  ] as const
  return pairs
    .filter(([, before, after]) => after !== undefined && after !== before)
    .map(([what, before = '', after = '']) => ({what, before, after}))
}

function groupChanges(state: State, {groups, append}: Wanted): readonly Change[] {
  if (groups === undefined) return []
  const before = state.groups.slice(1).toSorted()
  const after = [
    ...new Set(append ? [...before, ...groups.filter(name => name !== state.groups[0])] : groups),
  ].toSorted()
  return before.join() === after.join() ? [] : [{what: 'groups', before, after}]
}

// What the diff shows of a password is only that it differs.
function passwordChanges({fields}: State, {password, update_password, password_lock}: Wanted): readonly Change[] {
  const present = fields.password ?? ''
  const isLocked = present.startsWith('!')
  const differs = password !== undefined && update_password === 'always' && password !== present.replace(/^!(?=.)/, '')
  return [
    ...(differs && password !== present ? [{what: 'password', before: 'another', after: 'as wanted'}] : []),
    ...(password_lock !== undefined && password_lock !== isLocked
      ? [{what: 'password_lock', before: isLocked, after: password_lock}]
      : []),
  ]
}

function create(wanted: Wanted) {
  const {name, uid, group, groups = [], comment, home, shell, create_home, system, password, password_lock} = wanted
  const values = Object.entries({'-u': uid, '-g': group, '-c': comment, '-d': home, '-s': shell})
  const options = values.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]))
  const more = [
    create_home ? '-m' : '-M',
    ...(system ? ['-r'] : []),
    ...(groups.length > 0 ? ['-G', groups.join(',')] : []),
  ]
  const secret = password === undefined ? sh`:` : sh`printf '%s:%s\n' ${name} ${password} | chpasswd -e`
  const {password_expire_max, password_expire_min} = wanted
  const age = Object.entries({'-M': password_expire_max, '-m': password_expire_min}).flatMap(([flag, days]) =>
    days === undefined ? [] : [flag, String(days)],
  )
  const aged = age.length > 0 ? sh`chage ${age} ${name}` : sh`:`
  const lock = password_lock ? sh`usermod -L ${name}` : sh`:`
  return sh`useradd ${options} ${more} ${name} && { ${raw(secret)}; } && ${raw(aged)} && ${raw(lock)}`
}

function listOf(change: Change): string {
  return Array.isArray(change.after) ? change.after.join(',') : String(change.after)
}
