import {readFileSync, statSync} from 'node:fs'
import {dirname, resolve} from 'node:path'
import {fromHome} from '../home-folder.ts'

const usual = '~/.ansible/roles:/usr/share/ansible/roles:/etc/ansible/roles'

/**
 * Where roles lie that are not beside the playbook, absolute: ANSIBLE_ROLES_PATH, or `roles_path` of the first ansible.cfg
 * that there is (ANSIBLE_CONFIG, the current folder, the home, /etc/ansible), or where Ansible looks without either.
 */
export function rolesPath(): readonly string[] {
  const {ANSIBLE_ROLES_PATH: said} = process.env
  if (said) return split(said, process.cwd())
  const file = settings()
  const written = file && rolesPathIn(readFileSync(file, 'utf8'))
  return file && written ? split(written, dirname(file)) : split(usual, '/')
}

function settings(): string | undefined {
  const {ANSIBLE_CONFIG: own} = process.env
  return [...(own ? [own] : []), 'ansible.cfg', '~/.ansible.cfg', '/etc/ansible/ansible.cfg']
    .map(file => resolve(fromHome(file)))
    .find(file => statSync(file, {throwIfNoEntry: false})?.isFile())
}

function rolesPathIn(text: string): string | undefined {
  const [, defaults = ''] = /^\[defaults\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text) ?? []
  return /^roles_path[ \t]*[=:][ \t]*(.*?)[ \t]*$/m.exec(defaults)?.[1] || undefined
}

function split(list: string, folder: string): readonly string[] {
  return list.split(':').map(path => resolve(folder, fromHome(path.trim())))
}
