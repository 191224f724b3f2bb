// Docker from Docker's own repository, as Debian 12 and Ubuntu take it. The repository is a local one in the layout of
// Docker's: its packages have the names and relations of Docker's own, and Debian's binaries.
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {SandboxHost} from '../../src/sandbox/sandbox.ts'
import type {RunReport} from './support/command.ts'
import {DockerLab} from './support/docker-lab.ts'
import {https, onHost} from './support/look.ts'

const bare = 'docker-test-bare'
const old = 'docker-test-old'
const jammy = 'docker-test-jammy'
const noble = 'docker-test-noble'
const kept = 'docker-test-kept'
const packageNames = ['docker-ce', 'docker-ce-cli', 'containerd.io', 'docker-buildx-plugin', 'docker-compose-plugin']
const lab = new DockerLab()

beforeAll(() => lab.start({bookworm: [bare, old, jammy, noble], trixie: [kept]}))
afterAll(() => lab.stop())

describe('a system that is none of the four', () => {
  const systems = {
    [bare]: {ID: 'debian', NAME: 'Debian GNU/Linux', VERSION_ID: '11', VERSION_CODENAME: 'bullseye'},
    [old]: {ID: 'raspbian', ID_LIKE: 'debian', NAME: 'Raspbian', VERSION_ID: '12', VERSION_CODENAME: 'bookworm'},
    [jammy]: {ID: 'fedora', NAME: 'Fedora Linux', VERSION_ID: '41', VERSION_CODENAME: ''},
    [noble]: {ID: 'alpine', NAME: 'Alpine Linux', VERSION_ID: '3.22.1'},
  }
  const names = Object.keys(systems)

  test('is refused before anything is changed', async () => {
    await onHost(lab.host(bare), 'cp /etc/debian_version /root; echo 11.11 >/etc/debian_version')
    for (const [name, system] of Object.entries(systems)) await pretend(lab.host(name), system)
    const report = await lab.site(names)
    const said = report.tasks.flatMap(({host, failure}) => (failure ? [`${host}: ${failure.message}`] : []))
    expect(said.toSorted()).toEqual([
      `${bare}: Debian 11.11 (bullseye) is not supported. Take Debian 12 or 13, or Ubuntu 22.04 or 24.04.`,
      `${jammy}: Fedora 41 is not supported. Take Debian 12 or 13, or Ubuntu 22.04 or 24.04.`,
      `${noble}: Alpine 3.22.1 is not supported. Take Debian 12 or 13, or Ubuntu 22.04 or 24.04.`,
      `${old}: Raspbian 12 (bookworm) is not supported. Take Debian 12 or 13, or Ubuntu 22.04 or 24.04.`,
    ])
    expect(changes(report)).toEqual([])
    expect(report.exit).toBe(1)
    await onHost(lab.host(bare), 'mv /root/debian_version /etc')
    for (const name of names) await onHost(lab.host(name), 'mv /root/os-release /usr/lib')
  })
})

describe('Debian 12', () => {
  const host = () => lab.host(bare)

  test('without the key of the repository fails, and has apt as it was', async () => {
    const report = await lab.withoutKey(() => lab.dockerStep([bare]))
    const message = expect.stringContaining(`${lab.url}/debian/gpg  404  Not Found`)
    expect(failures(report)).toEqual([
      ["Docker's own repository is known", message],
      ['Docker could not be installed', message],
    ])
    expect(report.exit).toBe(1)
    expect(await aptOf(host())).toEqual(['debian.sources', 'no keys', 'apt-get update: 0'])
  })

  test('with a repository that another key has signed fails, and has apt as it was', async () => {
    const report = await lab.signedByAnother(() => lab.dockerStep([bare]))
    const message = expect.stringContaining(`'${lab.url}/debian bookworm InRelease' is not signed`)
    expect(failures(report)).toEqual([
      ['Docker, Compose and the firewall are installed', message],
      ['Docker could not be installed', message],
    ])
    expect(report.exit).toBe(1)
    expect(await aptOf(host())).toEqual(['debian.sources', 'no keys', 'apt-get update: 0'])
  })

  test('gets the whole site with Docker from the repository', async () => {
    const report = await lab.site([bare])
    expect(failures(report)).toEqual([])
    expect(report.exit).toBe(0)
    const answer = await https(host(), `${bare}.example.test`, '/api')
    expect(JSON.parse(answer.body)).toMatchObject({queue_services: 'ok', data_services: 'ok'})
  })

  test('has its packages from there, and the source and the key in place', async () => {
    expect(await originsOf(host())).toEqual(from('debian bookworm/stable'))
    expect(await sourceOf(host())).toEqual(source('debian', 'bookworm'))
    const keyFile = '/etc/apt/keyrings/docker.asc'
    expect(await onHost(host(), `stat -c '%a %U' ${keyFile}`)).toBe('644 root')
    expect(await onHost(host(), `cat ${keyFile}`)).toBe(lab.key.trim())
  })

  test('runs the daemon as daemon.json says, and Compose 2', async () => {
    expect(await onHost(host(), "docker info --format '{{.LiveRestoreEnabled}} {{.LoggingDriver}}'")).toBe(
      'true json-file',
    )
    const limits = '{{json .HostConfig.LogConfig.Config}}'
    await onHost(host(), 'docker create --name plain redis:8.0-alpine')
    expect(await onHost(host(), `docker inspect -f '${limits}' plain; docker rm plain`)).toBe(
      '{"max-file":"5","max-size":"20m"}\nplain',
    )
    expect(await onHost(host(), 'docker compose version --short')).toMatch(/^2\./)
    expect(await onHost(host(), 'systemctl is-active docker; systemctl is-enabled docker')).toBe('active\nenabled')
  })

  test('is in order the second time: nothing changed, and at most 5 round trips', async () => {
    const report = await lab.site([bare])
    expect(changes(report)).toEqual([])
    expect(report.exit).toBe(0)
    expect(report.hosts[bare]?.trips).toBeLessThanOrEqual(5)
  })
})

describe('Debian 12 with its own Docker, which has no Compose 2', () => {
  const host = () => lab.host(old)

  beforeAll(async () => {
    await onHost(host(), 'apt-get -qq install -y --no-install-recommends docker.io >/dev/null 2>&1')
    await onHost(host(), 'docker volume create mine && touch /var/lib/docker/volumes/mine/_data/note')
    await onHost(host(), `echo '{"debug": true, "log-opts": {"max-size": "1g"}}' >/etc/docker/daemon.json`)
  })

  test('is refused before anything is changed', async () => {
    const report = await lab.dockerStep([old])
    expect(failures(report)).toEqual([
      [
        'The Docker that is there already will do, or is ours',
        'The host has Docker 20.10.24 with no Compose v2, from containerd, docker.io, runc. Chatwoot needs Docker 25.0.0 and Compose 2.24.0, and docker-ce cannot stand beside what is there. Bring it up to date or remove it, or set docker_replace to true: then it is replaced, and its containers stop meanwhile.',
      ],
    ])
    expect(changes(report)).toEqual([])
    expect(await onHost(host(), 'docker version -f "{{.Server.Version}}"')).toMatch(/^20\.10\.24/)
  })

  test('has it replaced when that is asked for, with its data kept', async () => {
    const report = await lab.dockerStep([old], '-e', 'docker_replace=true')
    expect(failures(report)).toEqual([])
    expect(changes(report)).toContain('What Docker cannot stand beside is gone')
    expect(await originsOf(host())).toEqual(from('debian bookworm/stable'))
    expect(await onHost(host(), 'ls "$(docker volume inspect -f "{{.Mountpoint}}" mine)"')).toBe('note')
    expect(JSON.parse(await onHost(host(), 'cat /etc/docker/daemon.json'))).toEqual({
      debug: true,
      'live-restore': true,
      'log-driver': 'json-file',
      'log-opts': {'max-file': '5', 'max-size': '20m'},
    })
    expect(await onHost(host(), "docker info --format '{{.LiveRestoreEnabled}} {{.Debug}}'")).toBe('true true')
    expect(changes(await lab.dockerStep([old]))).toEqual([])
  })
})

describe("Debian 13 with Docker's own packages, installed by hand", () => {
  const host = () => lab.host(kept)

  beforeAll(async () => {
    const keyFile = '/etc/apt/keyrings/by-hand.asc'
    const line = `deb [signed-by=${keyFile}] ${lab.url}/debian trixie stable`
    await onHost(host(), `/usr/lib/apt/apt-helper download-file ${lab.url}/debian/gpg ${keyFile}`)
    await onHost(host(), `echo '${line}' >/etc/apt/sources.list.d/docker.list; apt-get -qq update`)
    await onHost(host(), `mkdir /etc/docker && echo '{"debug": true}' >/etc/docker/daemon.json`)
    await onHost(host(), `apt-get -qq install -y --no-install-recommends ${packageNames.join(' ')} >/dev/null 2>&1`)
  })

  test('keeps them, their source and the settings of the daemon', async () => {
    const report = await lab.dockerStep([kept])
    expect(failures(report)).toEqual([])
    expect(await originsOf(host())).toEqual(from('debian trixie/stable'))
    expect(await onHost(host(), 'ls /etc/apt/sources.list.d; cat /etc/docker/daemon.json')).toBe(
      'debian.sources\ndocker.list\n{"debug": true}',
    )
    expect(changes(await lab.dockerStep([kept]))).toEqual([])
  })
})

// There is no Ubuntu here. What this proves: for a host that says it is Ubuntu, exactly Docker's tree for Ubuntu is
// asked for, with its suite, component and key, and apt takes the packages from there. What it does not prove: anything
// about Ubuntu itself (its dpkg, its packages, its ufw, its kernel) or about the packages that Docker makes for it.
describe('hosts that say they are Ubuntu 22.04 and 24.04', () => {
  test("take Docker from the repository's trees for Ubuntu", async () => {
    const named = {ID: 'ubuntu', ID_LIKE: 'debian', NAME: 'Ubuntu'}
    await pretend(lab.host(jammy), {...named, VERSION_ID: '22.04', VERSION_CODENAME: 'jammy'})
    await pretend(lab.host(noble), {...named, VERSION_ID: '24.04', VERSION_CODENAME: 'noble'})
    lab.server.asked = []
    expect(failures(await lab.dockerStep([jammy, noble]))).toEqual([])
    const files = lab.packages.map(({file}) => file.split('/').at(-1))
    const ofSuite = (suite: string) => [
      `/ubuntu/dists/${suite}/InRelease`,
      `/ubuntu/dists/${suite}/stable/binary-${lab.architecture}/Packages`,
      ...files.map(file => `/ubuntu/dists/${suite}/pool/stable/${lab.architecture}/${file}`),
    ]
    expect([...new Set(lab.server.asked)].toSorted()).toEqual(
      ['/ubuntu/gpg', ...ofSuite('jammy'), ...ofSuite('noble')].toSorted(),
    )
  })

  test.each([
    ['jammy', jammy],
    ['noble', noble],
  ])('have the source for %s, its packages and Compose 2', async (suite, name) => {
    expect(await sourceOf(lab.host(name))).toEqual(source('ubuntu', suite))
    expect(await originsOf(lab.host(name))).toEqual(from(`ubuntu ${suite}/stable`))
    expect(await onHost(lab.host(name), 'docker compose version --short')).toMatch(/^2\./)
  })

  test('are in order the second time', async () => {
    expect(changes(await lab.dockerStep([jammy, noble]))).toEqual([])
  })
})

function failures(report: RunReport): readonly (readonly [string, string | undefined])[] {
  return report.tasks.filter(({failure}) => failure).map(({task, failure}) => [task, failure?.message])
}

function changes(report: RunReport): readonly string[] {
  return report.tasks.filter(({status}) => status === 'changed').map(({task}) => task)
}

/** What apt has besides Debian, and whether its lists can still be brought up to date. */
async function aptOf(host: SandboxHost): Promise<readonly string[]> {
  const look = `ls -A /etc/apt/sources.list.d; ls -A /etc/apt/keyrings | grep . || echo no keys
apt-get -q update >/dev/null 2>&1; echo "apt-get update: $?"`
  return (await onHost(host, look)).split('\n')
}

/** Each of Docker's packages with where its installed version is from, as apt tells it. */
async function originsOf(host: SandboxHost): Promise<readonly string[]> {
  const look = (name: string) => `apt-cache policy ${name} | awk '$1 == "***" {getline; print "${name} " $2 " " $3}'`
  return (await onHost(host, packageNames.map(look).join('\n'))).split('\n')
}

function from(place: string): readonly string[] {
  return packageNames.map(name => `${name} ${lab.url}/${place}`)
}

async function sourceOf(host: SandboxHost): Promise<readonly string[]> {
  return (await onHost(host, 'cat /etc/apt/sources.list.d/docker.sources')).split('\n')
}

function source(system: string, suite: string): readonly string[] {
  const where = [`URIs: ${lab.url}/${system}`, `Suites: ${suite}`, 'Components: stable']
  const how = [`Architectures: ${lab.architecture}`, 'Signed-By: /etc/apt/keyrings/docker.asc']
  return ['X-Repolib-Name: docker', 'Types: deb', ...where, ...how]
}

async function pretend(host: SandboxHost, system: {readonly [key: string]: string}): Promise<void> {
  const lines = Object.entries(system).map(([name, value]) => `${name}="${value}"`)
  await onHost(
    host,
    `cp /usr/lib/os-release /root; cat >/usr/lib/os-release <<'end'
${lines.join('\n')}
end`,
  )
}
