import {join} from 'node:path'
import {succeeds} from '../../../src/sandbox/local-command.ts'
import {installPackages} from '../../../src/sandbox/machine.ts'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../../src/sandbox/sandbox.ts'
import {Workplace} from './command.ts'
import {onHost} from './look.ts'
import {byAnsible, ofReport, type Ran} from './twin.ts'

const folder = join(import.meta.dirname, '../twins/many')

/** Three hosts on which playbooks that leave nothing behind are run by real Ansible and by provision; a fourth one, `gone`, is out of reach. */
export class ManyLab {
  readonly #place = new Workplace()
  #hosts: readonly SandboxHost[] = []
  #inventory = ''

  async start(): Promise<void> {
    if (!(await succeeds`command -v ansible-playbook`)) await installPackages(['ansible'])
    const names = ['many-test-a', 'many-test-b', 'many-test-c']
    this.#hosts = await sandboxUp({names, release: 'bookworm', say: line => console.log(line)})
    await Promise.all(this.#hosts.map(host => onHost(host, 'apt-get install -y -qq python3 >/dev/null 2>&1')))
    const ways = this.#hosts.map((host, index) => ['abc'[index] ?? '', wayTo(host)] as const)
    const gone = {...ways[0]?.[1], ansible_port: 1}
    const all = {all: {hosts: Object.fromEntries([...ways, ['gone', gone]])}}
    this.#inventory = this.#place.write('hosts.json', JSON.stringify(all))
  }

  async stop(): Promise<void> {
    if (this.#hosts.length > 0) await sandboxDown({names: this.#hosts.map(host => host.name), say: () => {}})
    this.#place.remove()
  }

  /** Runs a playbook by real Ansible. */
  byAnsible(playbook: string): Promise<Ran> {
    const knownHostsFile = this.#hosts[0]?.knownHostsFile ?? ''
    return byAnsible(this.#call(playbook), {folder: this.#place.folder, knownHostsFile, isTold: true})
  }

  /** Runs it by provision, to which no run before left handlers to call. */
  async byUs(playbook: string): Promise<Ran> {
    await Promise.all(this.#hosts.map(host => onHost(host, 'rm -rf /var/lib/provision')))
    return ofReport(await this.#place.report(this.#call(playbook)), true)
  }

  #call(playbook: string): readonly string[] {
    return ['-i', this.#inventory, join(folder, playbook)]
  }
}

function wayTo(host: SandboxHost) {
  return {
    ansible_host: host.address,
    ansible_user: 'root',
    ansible_ssh_private_key_file: host.keyFile,
    ansible_ssh_common_args: `-o UserKnownHostsFile=${host.knownHostsFile}`,
  }
}
