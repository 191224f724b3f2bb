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

/** How a host is reached: Ansible's variables for it. */
export const connectionVariables: Schema = {
  ansible_host: {...text, description: 'Name or address that is connected to; without it the name of the host.'},
  ansible_port: orTemplate({...port, description: 'Port of sshd; 22 by default.'}),
  ansible_user: {...text, description: 'Who logs in.'},
  ansible_password: {...text, description: 'Password for the login; a key is better.'},
  ansible_ssh_private_key_file: {type: 'string', description: 'The key to log in with.'},
  ansible_connection: orTemplate({
    enum: ['ssh', 'smart', 'paramiko', 'local', 'sandbox'],
    description: 'How the host is reached: ssh (the default), local for this machine, sandbox for a throwaway host.',
  }),
  ansible_become: orTemplate({...flag, description: 'Whether to act as another user, by sudo.'}),
  ansible_become_password: {...text, description: 'The password of sudo.'},
}
