import {randomBytes} from 'node:crypto'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Scene} from '../scene.ts'
import {oneFile, smallFiles, thirtyTasks} from './work.ts'

const megabyte = 1_000_000

/** Writes the playbooks and the files that they put onto hosts. */
export function writeWork(folder: string): void {
  for (const name of ['templates', 'files/small']) mkdirSync(join(folder, name), {recursive: true})
  const play = (tasks: unknown) => JSON.stringify([{hosts: 'all', become: true, gather_facts: false, tasks}], null, 2)
  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content)
  write('thirty.yml', play(thirtyTasks))
  write('small-files.yml', play(smallFiles))
  for (const name of ['little', 'big']) write(`${name}.yml`, play(oneFile(name)))
  write('templates/settings.conf.j2', settings)
  write('templates/unit.service.j2', unit)
  for (let n = 1; n <= 100; n++) write(`files/small/${n}.conf`, `${randomBytes(700).toString('base64')}\n`)
  write('files/little', randomBytes(2 * megabyte))
  write('files/big', Buffer.concat(Array.from({length: 200}, () => randomBytes(megabyte))))
}

/** Writes inventory and known_hosts for hosts at these places. */
export function writePlaces({folder, places, user, keyFile}: Scene): void {
  const hosts = places.map(({name, address, port}) => [
    name,
    {ansible_host: address, ansible_port: port, ansible_user: user, ansible_ssh_private_key_file: keyFile},
  ])
  const known = places.flatMap(({address, port, keys}) =>
    keys.map(key => `${port === 22 ? address : `[${address}]:${port}`} ${key}\n`),
  )
  mkdirSync(join(folder, '.ssh'), {recursive: true})
  writeFileSync(join(folder, 'hosts.yml'), JSON.stringify({all: {hosts: Object.fromEntries(hosts)}}, null, 2))
  writeFileSync(join(folder, '.ssh/known_hosts'), known.join(''))
}

const settings = `# Settings of {{ inventory_hostname }}, part {{ part }}
name = {{ inventory_hostname }}
{% for port in range(8000, 8020) %}
listen = {{ port + part }}
{% endfor %}
{% if part > 3 %}
role = standby
{% else %}
role = primary
{% endif %}
`

const unit = `[Unit]
Description=Part {{ part }} of the benchmark

[Service]
ExecStart=/usr/bin/sleep infinity

[Install]
WantedBy=multi-user.target
`
