import {execFile} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {promisify} from 'node:util'
import type {SandboxHost} from '../../../src/sandbox/sandbox.ts'
import {type Files, folderWith, provision, type Ran, screen} from '../../cli/program.ts'
import {until} from './until.ts'

const execute = promisify(execFile)

/** A play that only says that it got in. */
export const hello = `
  - hosts: all
    gather_facts: false
    tasks:
      - name: Hello
        command: echo hello
        changed_when: false
`

/** How the host stands in an inventory: its connection variables. */
export type Way = {readonly [variable: string]: string | number}

/** A host of the sandbox as an ordinary SSH host: nothing is known of it but what the test says. */
export class BadHost {
  readonly host: SandboxHost

  constructor(host: SandboxHost) {
    this.host = host
  }

  /** The way in that works. */
  get way(): Way {
    const {address, user, keyFile} = this.host
    return {ansible_host: address, ansible_user: user, ansible_ssh_private_key_file: keyFile}
  }

  /** A folder with an inventory of this host under the name "web1", a play, and known_hosts with its true keys. */
  folder(way: Way, play: string = hello, more: Files = {}): string {
    return folderWith({
      'hosts.yml': JSON.stringify({chatwoot: {hosts: {web1: {...this.way, ...way}}}}),
      'play.yml': play,
      '.ssh/known_hosts': this.knownHosts,
      ...more,
    })
  }

  /** The lines of known_hosts with the host's true keys. */
  get knownHosts(): string {
    return readFileSync(this.host.knownHostsFile, 'utf8')
  }

  /** Runs a command as root on the host, over plain ssh. */
  async root(command: string): Promise<string> {
    const {address, keyFile, knownHostsFile} = this.host
    const options = ['StrictHostKeyChecking=yes', 'BatchMode=yes', `UserKnownHostsFile=${knownHostsFile}`]
    const words = [
      '-F',
      'none',
      '-i',
      keyFile,
      ...options.flatMap(option => ['-o', option]),
      `root@${address}`,
      command,
    ]
    return (await execute('ssh', words)).stdout.trim()
  }

  /** Makes a user whom the key lets in; with a password, if one is given. */
  async addUser(name: string, password?: string): Promise<void> {
    const home = `/home/${name}`
    await this.root(
      `useradd -m -s /bin/sh ${name} && cp -r /home/deploy/.ssh ${home} && chown -R ${name}: ${home}` +
        (password === undefined ? '' : ` && echo '${name}:${password}' | chpasswd`),
    )
  }

  /** Has a program answer each connection to a port, as another service of the host. */
  async listen(port: number, command: string): Promise<void> {
    const unit = `listener-${port}`
    await this.root(`systemd-run --quiet --unit=${unit} systemd-socket-activate -l ${port} --inetd -a ${command}`)
    await until(() => this.root(`ss -Hltn sport = :${port} | grep .`), 10)
  }

  /** A run as people see it, with what differs from machine to machine named instead. */
  shown(ran: Ran): string {
    return screen(ran)
      .replaceAll(/(PACKAGE\/\S+\.yml):\d+:\d+/g, '$1:LINE')
      .replaceAll(/ {2}\([\d.]+ m?s\)$/gm, '')
      .replaceAll(this.host.keyFile, 'KEY')
      .replaceAll(this.host.address, 'ADDRESS')
      .replaceAll(/AAAA[A-Za-z0-9+/]{40,}/g, 'PUBLIC-KEY')
      .replaceAll(/SHA256:[A-Za-z0-9+/]{43}/g, 'SHA256:FINGERPRINT')
      .replaceAll(/\b\d+ MB\b/g, 'SIZE MB')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'DATE')
      .replaceAll(/run [0-9a-f]{12}\b/g, 'run ID')
      .replaceAll(/\b[\d.]+ m?s\b(?=\.$|, |\)|$)/gm, 'TIME')
  }

  /** Runs a play twice, for people and for programs, and gives what people see; both must end alike, and the JSON be one document. */
  async run(folder: string, ...words: readonly string[]): Promise<string> {
    const all = ['-i', 'hosts.yml', ...words]
    const ran = await provision(folder, all)
    const json = await provision(folder, [...all, '--output', 'json'])
    const {exit} = JSON.parse(json.stdout) as {exit: number}
    if (json.exit !== ran.exit || exit !== ran.exit)
      throw new Error(`exit ${ran.exit}, but with JSON ${json.exit}, which says ${exit}`)
    return this.shown(ran)
  }
}
