// biome-ignore-all format: word lists stay short
/** Keywords of a play. */
export const playKeywords = [
  'name', 'hosts', 'gather_facts', 'become', 'become_user', 'become_method', 'vars', 'vars_files', 'vars_prompt', 'environment', 'tags',
  'pre_tasks', 'roles', 'tasks', 'post_tasks', 'handlers', 'no_log', 'ignore_errors', 'check_mode', 'timeout',
  'serial', 'strategy', 'max_fail_percentage', 'any_errors_fatal', 'force_handlers', 'run_once', 'throttle',
  'module_defaults', 'ignore_unreachable', 'diff', 'order', 'connection', 'remote_user', 'user', 'port',
  // Taken and not needed: modules are known by their short names, and facts come whole in one trip.
  'collections', 'gather_subset', 'gather_timeout',
] as const

/** Keywords that tasks, blocks and imports share; they are inherited. */
export const sharedKeywords = [
  'name', 'when', 'vars', 'environment', 'tags', 'become', 'become_user', 'become_method', 'ignore_errors', 'no_log',
  'check_mode', 'delegate_to', 'delegate_facts', 'timeout', 'run_once', 'any_errors_fatal', 'throttle', 'module_defaults',
  'ignore_unreachable', 'diff',
] as const

/** Keywords of a block besides the shared ones. */
export const blockKeywords = [...sharedKeywords, 'block', 'rescue', 'always'] as const

/** Keywords of a task besides the shared ones. */
export const taskKeywords = [
  ...sharedKeywords, 'args', 'action', 'local_action', 'include', 'loop', 'with_items', 'with_list', 'with_dict', 'with_flattened', 'with_together',
  'with_nested', 'with_cartesian', 'with_indexed_items', 'with_subelements', 'with_sequence', 'with_fileglob', 'with_first_found',
  'with_lines', 'with_random_choice', 'with_inventory_hostnames', 'with_file', 'with_env',
  'loop_control', 'register',
  'notify', 'listen', 'changed_when', 'failed_when', 'until', 'retries', 'delay', 'async', 'poll',
] as const

/** What `meta` may ask the engine itself to do. */
export const metaActions = ['flush_handlers', 'end_play', 'end_batch', 'end_host', 'clear_facts', 'clear_host_errors', 'reset_connection', 'refresh_inventory', 'noop'] as const

/** Words of Ansible that are known but not supported yet, with what to use. */
export const notYet: {readonly [keyword: string]: string} = {
  connection: 'say it in the play, or use delegate_to: localhost',
  remote_user: 'say it in the play, or use become_user',
  port: 'say it in the play',
  fact_path: 'leave it out',
  debugger: 'use -v',
  become_flags: 'leave it out: become uses sudo',
  become_exe: 'leave it out: become uses sudo',
}

/** Whether a word is a keyword of tasks. */
export function isTaskKeyword(word: string): boolean {
  return taskKeywords.some(keyword => keyword === word)
}

/** The collections whose modules are known by their short names. */
export const collections = ['ansible.builtin', 'ansible.legacy', 'ansible.posix', 'community.general', 'community.docker', 'community.crypto']

/** Takes the collection off a module's or keyword's name. */
export function shortName(word: string): string {
  const collection = collections.find(name => word.startsWith(`${name}.`))
  return collection === undefined ? word : word.slice(collection.length + 1)
}
