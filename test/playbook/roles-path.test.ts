import {mkdirSync, mkdtempSync, realpathSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {rolesPath} from '../../src/playbook/roles-path.ts'

let folder = ''

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'roles-path-')))
  mkdirSync(join(folder, 'settings'))
  vi.stubEnv('ANSIBLE_ROLES_PATH', '')
  vi.stubEnv('ANSIBLE_CONFIG', join(folder, 'settings/mine.cfg'))
  vi.stubEnv('HOME', folder)
})

afterEach(() => vi.unstubAllEnvs())

test('roles are looked for where ansible.cfg says, from its folder', () => {
  const lines = [
    '[inventory]',
    'roles_path = wrong',
    '[defaults]',
    'forks=5',
    'roles_path = roles:../more:~/own',
    '[ssh_connection]',
  ]
  writeFileSync(join(folder, 'settings/mine.cfg'), lines.join('\n'))
  expect(rolesPath()).toEqual([join(folder, 'settings/roles'), join(folder, 'more'), join(folder, 'own')])
})

test('ANSIBLE_ROLES_PATH comes before that', () => {
  writeFileSync(join(folder, 'settings/mine.cfg'), '[defaults]\nroles_path = roles\n')
  vi.stubEnv('ANSIBLE_ROLES_PATH', '/a:/b')
  expect(rolesPath()).toEqual(['/a', '/b'])
})

test('without a word about them they are where Ansible looks', () => {
  writeFileSync(join(folder, 'settings/mine.cfg'), '[defaults]\nforks = 5\n[galaxy]\nroles_path = wrong\n')
  expect(rolesPath()).toEqual([join(folder, '.ansible/roles'), '/usr/share/ansible/roles', '/etc/ansible/roles'])
})
