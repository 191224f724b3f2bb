import {join} from 'node:path'
import {gateway} from '../../../src/sandbox/addresses.ts'
import {succeeds} from '../../../src/sandbox/local-command.ts'
import {installPackages} from '../../../src/sandbox/machine.ts'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../../src/sandbox/sandbox.ts'
import {Workplace} from './command.ts'
import {onHost} from './look.ts'
import {byAnsible, ofReport, type Run, stateOf} from './twin.ts'
import type {Words} from './twin-runs.ts'
import {TwinServer} from './twin-server.ts'

/** Where the playbooks of twins lie; what they have of Debian's packages, and the scripts of support/ that tell their state. */
export type TwinKind = {readonly folder: string; readonly packages: string; readonly state: readonly string[]}

/** What a run did, and how its host is afterwards. */
export type Seen = {readonly run: Run; readonly state: string}

/** Two hosts that are alike, also by name: real Ansible works on one, provision on the other, both with the same words. */
export class TwinLab {
  readonly #place = new Workplace()
  readonly #server = new TwinServer()
  readonly #kind: TwinKind
  #url = ''
  #hosts: readonly SandboxHost[] = []

  constructor(kind: TwinKind) {
    this.#kind = kind
  }

  async start(names: readonly [string, string]): Promise<void> {
    if (!(await succeeds`command -v ansible-playbook`)) await installPackages(['ansible'])
    this.#hosts = await sandboxUp({names, release: 'bookworm', say: line => console.log(line)})
    await Promise.all(this.#hosts.map(host => prepare(host, this.#kind.packages)))
    this.#url = await this.#server.start(gateway)
  }

  async stop(): Promise<void> {
    if (this.#hosts.length > 0) await sandboxDown({names: this.#hosts.map(host => host.name), say: () => {}})
    await this.#server.stop()
    this.#place.remove()
  }

  /** Runs a playbook by real Ansible, and looks at its host. */
  async byAnsible(playbook: string, words: Words): Promise<Seen> {
    const host = this.#host(0)
    const {run} = await byAnsible(this.#call(host, playbook, words), {
      folder: this.#place.folder,
      knownHostsFile: host.knownHostsFile,
    })
    return {run, state: await stateOf(host, this.#kind.state)}
  }

  /** Runs it by provision, and looks at its host. */
  async byUs(playbook: string, words: Words): Promise<Seen> {
    const host = this.#host(1)
    const {run} = ofReport(await this.#place.report(this.#call(host, playbook, words)))
    return {run, state: await stateOf(host, this.#kind.state)}
  }

  #call(host: SandboxHost, playbook: string, words: Words): readonly string[] {
    const variables = {
      ansible_host: host.address,
      ansible_user: 'root',
      ansible_ssh_private_key_file: host.keyFile,
      ansible_ssh_common_args: `-o UserKnownHostsFile=${host.knownHostsFile}`,
      server: this.#url,
      here: join(this.#place.folder, host.name),
    }
    return [
      '-i',
      'twin,',
      '-e',
      JSON.stringify(variables),
      ...words,
      join(import.meta.dirname, '..', this.#kind.folder, playbook),
    ]
  }

  /** The two hosts, Ansible's first. */
  get hosts(): readonly SandboxHost[] {
    return this.#hosts
  }

  #host(side: 0 | 1): SandboxHost {
    const host = this.#hosts[side]
    if (!host) throw new Error('no hosts')
    return host
  }
}

/** Makes a host one of two twins, also by its name. */
async function prepare(host: SandboxHost, packages: string): Promise<void> {
  const script = [
    'set -e',
    'hostname twin; echo twin >/etc/hostname; sed -i "s/^127.0.1.1.*/127.0.1.1 twin/" /etc/hosts',
    `DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packages} >/dev/null 2>&1`,
    // Where apt has a proxy, the server of the twins is still on this side of it.
    `echo 'Acquire::http::Proxy::${gateway} "DIRECT";' >/etc/apt/apt.conf.d/99direct`,
  ]
  await onHost(host, script.join('\n'))
}
