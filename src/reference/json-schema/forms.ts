import type {Schema} from '../module-schema.ts'

const template: Schema = {$ref: '#/definitions/template'}
const text: Schema = {type: ['string', 'number']}
const flag: Schema = {anyOf: [{type: 'boolean'}, {enum: ['yes', 'no', 'on', 'off']}, template]}
const number: Schema = {anyOf: [{type: 'number', minimum: 0}, {type: 'string', pattern: '^\\d+$'}, template]}
const scalar: Schema = {type: ['string', 'number', 'boolean']}
const words: Schema = {anyOf: [scalar, {type: 'array', items: scalar}]}
const map: Schema = {type: ['object', 'null']}
const values: Schema = {anyOf: [map, {type: 'array', items: {type: 'object'}}, template]}
const list: Schema = {anyOf: [{type: ['array', 'null']}, template]}
const entries: Schema = {type: ['array', 'null'], items: {$ref: '#/definitions/entry'}}

/** What stands behind each keyword of plays, blocks and tasks, with what it means. A keyword that is not here takes anything. */
const forms: {readonly [keyword: string]: Schema} = {
  name: {...text, description: 'What people see.'},
  hosts: {...words, description: 'On which hosts: groups, hosts or patterns.'},
  gather_facts: {...flag, description: 'Whether facts are gathered first; yes by default.'},
  become: {...flag, description: 'Whether to act as another user, by sudo.'},
  become_user: {...text, description: 'As whom; root by default.'},
  become_method: {...text, description: 'How to become another user: sudo.'},
  vars: {...values, description: 'Variables.'},
  vars_files: {anyOf: [{type: ['array', 'null']}, text], description: 'Files with variables.'},
  vars_prompt: {
    type: ['array', 'null'],
    description: 'Variables that are asked for before the run.',
    items: {
      type: 'object',
      required: ['name'],
      properties: {
        name: text,
        prompt: text,
        default: {},
        private: flag,
        confirm: flag,
        encrypt: {enum: ['sha512_crypt', 'sha256_crypt']},
        salt: text,
        salt_size: number,
        unsafe: flag,
      },
      additionalProperties: false,
    },
  },
  environment: {...values, description: 'Environment variables of what runs on the host.'},
  tags: {...words, description: 'Names to choose by: --tags and --skip-tags; also always and never.'},
  pre_tasks: {...entries, description: 'Tasks that come first.'},
  tasks: {...entries, description: 'Tasks, in their order.'},
  post_tasks: {...entries, description: 'Tasks that come last.'},
  handlers: {...entries, description: 'Tasks that run when a change notified them.'},
  roles: {type: ['array', 'null'], description: 'Roles, in their order.'},
  block: {...entries, description: 'Tasks that belong together.'},
  rescue: {...entries, description: 'What runs when a task of the block failed.'},
  always: {...entries, description: 'What runs in every case.'},
  when: {...words, description: 'Jinja expressions, all of which must hold.'},
  serial: {
    anyOf: [scalar, {type: 'array', items: scalar}],
    description: 'How many hosts at once: numbers or percentages.',
  },
  strategy: {...text, description: 'Whether hosts wait for each other: linear or free.'},
  max_fail_percentage: {...number, description: 'The play ends when more of its hosts than this have failed.'},
  any_errors_fatal: {...flag, description: 'A failure on one host ends the play on all.'},
  force_handlers: {...flag, description: 'Handlers that were notified run even after a failure.'},
  run_once: {...flag, description: 'The first host does it for all.'},
  throttle: {...number, description: 'How many hosts may do this at once.'},
  ignore_unreachable: {...flag, description: 'Goes on when the host cannot be reached for this.'},
  order: {
    enum: ['inventory', 'reverse_inventory', 'sorted', 'reverse_sorted', 'shuffle'],
    description: 'In which order the hosts take their turns.',
  },
  connection: {...text, description: 'How hosts are reached that do not say so: ssh or local.'},
  user: {...text, description: 'The older word for remote_user.'},
  remote_user: {...text, description: 'As whom to log in on hosts that do not say so.'},
  port: {...text, description: 'The port of SSH on hosts that do not say so.'},
  module_defaults: {
    anyOf: [{type: 'object'}, {type: 'array', items: {type: 'object'}}],
    description: 'Arguments for all tasks with a module: its name, and a map of arguments.',
  },
  no_log: {...flag, description: 'Hides what the task takes and says.'},
  ignore_errors: {...flag, description: 'Goes on after a failure.'},
  check_mode: {...flag, description: 'Whether this only checks, whatever the command line says.'},
  diff: {...flag, description: 'Whether changes in files are shown.'},
  timeout: {...number, description: 'Seconds that the task may take; 0 means no limit.'},
  async: {...number, description: 'Seconds that the task may take as a job of its own on the host.'},
  poll: {...number, description: '0: the next task does not wait for the job; ask for it with async_status.'},
  delegate_to: {...text, description: 'The host on which this runs instead; localhost is where provision runs.'},
  delegate_facts: {...flag, description: 'What it finds are facts of the host that it is delegated to.'},
  local_action: {type: ['string', 'object'], description: 'A module and its arguments, run where provision runs.'},
  args: {...values, description: 'Further arguments of the module.'},
  loop: {...list, description: 'Items: the task is done for each.'},
  with_items: {description: 'Items; lists among them are opened, one level deep.'},
  with_dict: {description: 'A map: the items have key and value.'},
  with_flattened: {description: 'Items; lists among them are opened, all levels.'},
  with_list: {...list, description: 'Items, as in loop.'},
  loop_control: {
    type: 'object',
    description: 'How the loop names things.',
    properties: {
      loop_var: text,
      label: {},
      index_var: text,
      pause: number,
      extended: flag,
      extended_allitems: flag,
      break_when: words,
    },
    additionalProperties: false,
  },
  register: {type: 'string', pattern: '^[A-Za-z_]\\w*$', description: 'The variable that gets the result.'},
  notify: {...words, description: 'Handlers to run when this changed something.'},
  listen: {...words, description: 'Further names that notify may use.'},
  changed_when: {...words, description: 'Expressions that say whether it changed something.'},
  failed_when: {...words, description: 'Expressions that say whether it failed.'},
  until: {...words, description: 'Expressions that must hold; the task is tried again until they do.'},
  retries: {...number, description: 'How often it is tried again.'},
  delay: {...number, description: 'Seconds between two tries.'},
}

/** The properties of some keywords. */
export function formsOf(keywords: readonly string[]): Schema {
  return Object.fromEntries(keywords.map(keyword => [keyword, forms[keyword] ?? {}]))
}
