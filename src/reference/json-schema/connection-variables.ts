import type {Schema} from '../module-schema.ts'
import {orTemplate} from './templates.ts'

const text: Schema = {type: ['string', 'number']}
const port: Schema = {
  anyOf: [
    {type: 'integer', minimum: 1, maximum: 65_535},
    {type: 'string', pattern: '^\\d+$'},
  ],
}
const flag: Schema = {anyOf: [{type: 'boolean'}, {enum: ['yes', 'no', 'on', 'off']}]}

const key: Schema = {type: 'string', description: 'The key to log in with.'}
const password: Schema = {...text, description: 'Password for the login; a key is better.'}
const becomePassword: Schema = {...text, description: 'The password of sudo.'}
const host: Schema = {...text, description: 'Name or address that is connected to; without it the name of the host.'}
const sshPort = orTemplate({...port, description: 'Port of sshd; 22 by default.'})
const user: Schema = {...text, description: 'Who logs in.'}

/** How a host is reached: Ansible's variables for it, some of which have several names. */
export const connectionVariables: Schema = {
  ansible_host: host,
  ansible_ssh_host: host,
  ansible_port: sshPort,
  ansible_ssh_port: sshPort,
  ansible_user: user,
  ansible_ssh_user: user,
  ansible_password: password,
  ansible_ssh_password: password,
  ansible_ssh_pass: password,
  ansible_ssh_private_key_file: key,
  ansible_private_key_file: key,
  ansible_connection: orTemplate({
    enum: ['ssh', 'smart', 'paramiko', 'local', 'sandbox'],
    description: 'How the host is reached: ssh (the default), local for this machine, sandbox for a throwaway host.',
  }),
  ansible_become: orTemplate({...flag, description: 'Whether to act as another user, by sudo.'}),
  ansible_become_password: becomePassword,
  ansible_become_pass: becomePassword,
  ansible_group_priority: orTemplate({type: 'integer', description: 'Which of two groups wins: the higher one.'}),
}
