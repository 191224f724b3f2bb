import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {folderWith} from './program.ts'

/** A folder with a host that is this machine, one that is not there, and a play that wants the file `there/a` to be one line, `one`. */
export function driftFolder(moreTasks = '') {
  const folder = folderWith({
    'hosts.yml': `
      all:
        hosts:
          web1: {ansible_connection: local, there: "{{ playbook_dir }}/there"}
          gone1: {ansible_host: 127.0.0.1, ansible_port: 1, there: /nowhere}
    `,
    'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - name: A file
      copy: {content: "one\\n", dest: "{{ there }}/a"}
${moreTasks}`,
  })
  mkdirSync(join(folder, 'there'))
  return {folder, put: (name: string, text: string) => writeFileSync(join(folder, 'there', name), text)}
}
