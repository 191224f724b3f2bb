import {mkdtempSync} from 'node:fs'
import {join} from 'node:path'
import {sshWords} from './ssh-words.ts'
import type {Tool} from './tool.ts'

/** Debian's Ansible, with pipelining, and each run with connections of its own. */
export const ansible: Tool = ansibleWith('Ansible', {})

/** Debian's mitogen in the same Ansible. */
export const mitogen: Tool = ansibleWith('mitogen', {
  ANSIBLE_STRATEGY: 'mitogen_linear',
  ANSIBLE_STRATEGY_PLUGINS: '/usr/lib/python3/dist-packages/ansible_mitogen/plugins/strategy',
})

function ansibleWith(name: string, more: {readonly [name: string]: string}): Tool {
  return {
    name,
    command: ({playbook}, scene) => ({
      folder: scene.folder,
      environment: {
        ANSIBLE_PIPELINING: 'True',
        ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3',
        ANSIBLE_SSH_ARGS: [...sshWords(scene), '-o ControlMaster=auto -o ControlPersist=5'].join(' '),
        ANSIBLE_SSH_CONTROL_PATH_DIR: mkdtempSync(join(scene.folder, 'control-')),
        ...more,
      },
      words: ['ansible-playbook', '-i', 'hosts.yml', '-f', String(scene.places.length), playbook],
    }),
  }
}
