import {type Files, folderWith, provision, screen} from './program.ts'

/** Hosts for static tests: nothing listens at port 9 of this machine, so that any try to connect would be told. */
const hosts = `
  web:
    hosts:
      web1: {ansible_host: 127.0.0.1, ansible_port: 9}
      web2: {ansible_host: 127.0.0.1, ansible_port: 9}
  db:
    hosts:
      db1: {ansible_host: 127.0.0.1, ansible_port: 9}
`

/** Runs a playbook on hosts that cannot be reached; the screen that people see. */
export function run(playbook: string, more: Files = {}, ...words: readonly string[]): Promise<string> {
  return runFiles({'site.yml': playbook, 'hosts.yml': hosts, ...more}, '-i', 'hosts.yml', ...words)
}

/** Runs the program in a folder with these files. */
export async function runFiles(files: Files, ...words: readonly string[]): Promise<string> {
  return screen(await provision(folderWith(files), words))
}
