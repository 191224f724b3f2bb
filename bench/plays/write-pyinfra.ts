import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Scene} from '../scene.ts'
import {oneFile, smallFiles, type Task, thirtyTasks} from './work.ts'

/** Writes the same work as pyinfra's deploys, each beside its playbook. */
export function writeDeploys(folder: string): void {
  const write = (name: string, tasks: readonly Task[]) =>
    writeFileSync(join(folder, `${name}.py`), [...head, ...tasks.map(operation), ''].join('\n'))
  write('thirty', thirtyTasks)
  write('small-files', smallFiles)
  for (const name of ['little', 'big']) write(name, oneFile(name))
}

/** Writes pyinfra's inventory for hosts at these places. */
export function writePyinfraHosts({folder, places, user, keyFile}: Scene): void {
  const hosts = places.map(({name, address, port}) =>
    literal([
      name,
      {
        ssh_hostname: address,
        ssh_port: port,
        ssh_user: user,
        ssh_key: keyFile,
        ssh_known_hosts_file: join(folder, '.ssh/known_hosts'),
        ssh_strict_host_key_checking: 'yes',
      },
    ]),
  )
  writeFileSync(join(folder, 'pyinfra_hosts.py'), `hosts = [tuple(host) for host in [${hosts.join(', ')}]]\n`)
}

const head = [
  'from pyinfra import config, host',
  'from pyinfra.operations import apt, files, server, systemd',
  'config.SUDO = True',
]

type Arguments = {readonly [name: string]: unknown}

/** One of our tasks, with the words that pyinfra has for it. */
function operation(task: Task): string {
  const [[module = '', values] = []] = Object.entries(task).filter(([word]) => word in operations)
  const said = operations[module]?.(values as Arguments, (task.vars ?? {}) as Arguments)
  if (!said) throw new Error(`pyinfra was not told how to do ${JSON.stringify(task)}`)
  return said
}

const operations: {readonly [module: string]: (values: Arguments, vars: Arguments) => string} = {
  apt: ({name}) => call('apt.packages', {packages: name}),
  file: ({path, mode}) => call('files.directory', {path, mode}),
  // Ansible's templates lose the line's end after a block, and know the host's name.
  template: ({src, dest, mode}, vars) =>
    call('files.template', {src: `templates/${src}`, dest, mode, ...vars}, [
      'jinja_env_kwargs={"trim_blocks": True}',
      'inventory_hostname=host.name',
    ]),
  lineinfile: ({path, regexp, line}) => call('files.line', {path, line: `${regexp}.*`, replace: line}),
  user: ({name, shell}) => call('server.user', {user: name, shell}, ['create_home=True']),
  systemd: ({name}) => call('systemd.service', {service: name}, ['running=True', 'enabled=True']),
  copy: ({src, dest, mode}) =>
    String(dest).endsWith('/')
      ? call('files.sync', {src: 'files/small', dest: String(dest).slice(0, -1), mode, dir_mode: '0755'})
      : call('files.put', {src: `files/${src}`, dest, mode}),
}

function call(name: string, values: Arguments, more: readonly string[] = []): string {
  const words = Object.entries(values).map(([word, value]) => `${word}=${literal(value)}`)
  return `${name}(${[...words, ...more].join(', ')})`
}

/** Text, numbers, lists and maps are the same in Python as in JSON. */
function literal(value: unknown): string {
  return JSON.stringify(value)
}
