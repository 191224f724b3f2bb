import type {Source} from '../errors.ts'
import type {Module, Values} from '../module.ts'
import type {Task} from '../play.ts'

/** A task with nothing said but its module and arguments: every keyword at Ansible's default. */
export function plainTask(module: Module, args: Values, source: Source): Task {
  return {
    kind: 'task',
    name: undefined,
    module,
    args,
    source,
    locate: () => source,
    when: [],
    loop: undefined,
    loopVar: 'item',
    register: undefined,
    notify: [],
    listen: [],
    vars: {},
    environment: [],
    tags: [],
    become: false,
    becomeUser: 'root',
    ignoreErrors: false,
    noLog: false,
    checkMode: undefined,
    delegateTo: undefined,
    changedWhen: undefined,
    failedWhen: undefined,
    until: undefined,
    retries: 0,
    delay: 5,
    timeout: 0,
  }
}
