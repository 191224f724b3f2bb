import {run, succeeds} from '../src/sandbox/local-command.ts'
import {type Hosts, onHosts} from './hosts.ts'

/** Installs what is measured beside us, as Debian has it, and says what; the first `count` hosts are those that the others work on. */
export async function installOthers(hosts: Hosts, count: number, say: (line: string) => void): Promise<void> {
  const missing: string[] = []
  for (const name of ['time', 'ansible', 'ansible-mitogen']) if (!(await succeeds`dpkg -s ${name}`)) missing.push(name)
  if (missing.length > 0) {
    say(`installing on this machine: ${missing.join(' ')}`)
    await run`apt-get update -qq`
    await run`DEBIAN_FRONTEND=noninteractive apt-get install -y -qq ${missing}`
  }
  await onHosts(hosts, quiet)
  say(`installing on ${count} of the hosts, for Ansible and mitogen: python3-apt`)
  await onHosts({...hosts, places: hosts.places.slice(0, count)}, python)
}

// What looks for updates by itself would be measured with the rest, and holds apt's lock.
const quiet = `systemctl disable -q --now apt-daily.timer apt-daily-upgrade.timer
systemctl stop apt-daily.service apt-daily-upgrade.service
apt-get update -qq -o DPkg::Lock::Timeout=60`

const python = 'DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=60 python3-apt >/dev/null'
