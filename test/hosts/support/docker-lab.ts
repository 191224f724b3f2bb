import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gateway} from '../../../src/sandbox/addresses.ts'
import type {Release} from '../../../src/sandbox/host-record.ts'
import {readHostRecords} from '../../../src/sandbox/host-records.ts'
import {run, succeeds} from '../../../src/sandbox/local-command.ts'
import {installPackages} from '../../../src/sandbox/machine.ts'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../../src/sandbox/sandbox.ts'
import {RepositoryServer, SigningKey, suiteFiles} from './apt-repository.ts'
import {type RunReport, Workplace} from './command.ts'
import {type DebianPackage, makeDockerPackages} from './docker-packages.ts'
import {onHost} from './look.ts'

const say = (line: string) => console.log(line)

/** Names of the hosts of each release. */
export type HostNames = {readonly [release in Release]: readonly string[]}

/** Hosts, and a local apt repository in the layout of Docker's own: for Debian 12 and 13, Ubuntu 22.04 and 24.04. */
export class DockerLab {
  readonly server = new RepositoryServer()
  readonly #place = new Workplace()
  readonly #folder = mkdtempSync(join(tmpdir(), 'provision-packages-'))
  #hosts: readonly SandboxHost[] = []
  #key: SigningKey | undefined
  packages: readonly DebianPackage[] = []
  architecture = ''
  /** URL of the repository, as in docker_apt_url. */
  url = ''
  /** The repository's public key, armored. */
  key = ''

  async start(names: HostNames): Promise<void> {
    if (!(await succeeds`command -v gpg`)) await installPackages(['gnupg'])
    this.architecture = await run`dpkg --print-architecture`
    for (const release of ['bookworm', 'trixie'] as const)
      this.#hosts = [...this.#hosts, ...(await sandboxUp({names: names[release], release, say}))]
    const archives = {bookworm: await archivesOf('bookworm'), trixie: await archivesOf('trixie')}
    this.packages = await makeDockerPackages(archives, this.#folder)
    await this.#fill()
    this.url = await this.server.start(gateway)
    this.#place.write('prod.yml', inventory(this.#hosts, this.url))
    // Where apt has a proxy, this server is still on this side of it.
    const direct = `echo 'Acquire::http::Proxy::${gateway} "DIRECT";' >/etc/apt/apt.conf.d/99direct`
    await Promise.all(this.#hosts.map(host => onHost(host, direct)))
  }

  async stop(): Promise<void> {
    await this.server.stop()
    await this.#key?.remove()
    if (this.#hosts.length > 0) await sandboxDown({names: this.#hosts.map(host => host.name), say})
    this.#place.remove()
    rmSync(this.#folder, {recursive: true})
  }

  host(name: string): SandboxHost {
    const host = this.#hosts.find(one => one.name === name)
    if (!host) throw new Error(`there is no host ${name}`)
    return host
  }

  /** Runs the site on some of the hosts. */
  site(names: readonly string[], ...more: readonly string[]): Promise<RunReport> {
    return this.#place.report(['--inventory', 'prod.yml', '--limit', names.join(','), ...more])
  }

  /** Runs the site on some of the hosts as far as Docker. */
  dockerStep(names: readonly string[], ...more: readonly string[]): Promise<RunReport> {
    return this.site(names, '--tags', 'preflight,system,docker', ...more)
  }

  /** Has the repository of Debian 12 signed by a key that nobody knows while something is done. */
  async signedByAnother<Result>(act: () => Promise<Result>): Promise<Result> {
    const other = await SigningKey.make()
    this.server.add('/debian', await suiteFiles('bookworm', this.packages, other))
    await other.remove()
    return act().finally(() => this.#fill())
  }

  /** Has the repository of Debian without its key while something is done. */
  async withoutKey<Result>(act: () => Promise<Result>): Promise<Result> {
    this.server.files.delete('/debian/gpg')
    return act().finally(() => this.#fill())
  }

  async #fill(): Promise<void> {
    this.#key ??= await SigningKey.make()
    const key = this.#key
    this.key = key.armored
    for (const suite of ['bookworm', 'trixie']) this.server.add('/debian', await suiteFiles(suite, this.packages, key))
    for (const suite of ['jammy', 'noble']) this.server.add('/ubuntu', await suiteFiles(suite, this.packages, key))
    for (const system of ['debian', 'ubuntu']) this.server.files.set(`/${system}/gpg`, key.armored)
  }
}

/** Where the packages lie that a base system was made with. */
async function archivesOf(release: Release): Promise<string> {
  const record = (await readHostRecords()).find(one => one.release === release)
  if (!record) throw new Error(`there is no host with ${release}`)
  return join(record.base, 'var/cache/apt/archives')
}

function inventory(hosts: readonly SandboxHost[], url: string): string {
  const each = hosts.map(({name}) => `    ${name}: {chatwoot_domain: ${name}.example.test}`)
  return ['chatwoot:', '  hosts:', ...each, '  vars:', `    docker_apt_url: ${url}`, small].join('\n')
}

// As the sandbox's own inventory has it.
const small = `    ansible_connection: sandbox
    chatwoot_admin_email: admin@example.test
    chatwoot_size: small
    chatwoot_min_memory: 1000
    chatwoot_min_disk: 1024
    chatwoot_swap: 0
    chatwoot_open_files: 4096
    chatwoot_sysctl: {}
`
