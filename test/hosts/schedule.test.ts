// Schedules of ordinary users: by cron where systemd runs nothing of theirs, by their own timers where it does.
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {packageRoot} from '../../src/package-root.ts'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {BadHost} from './support/bad-host.ts'
import {execute} from './support/command.ts'
import {onHost} from './support/look.ts'
import {installProgram} from './support/program.ts'
import {until} from './support/until.ts'

/** The host is the machine that runs provision, and watches itself. */
const name = 'schedule-test'
const drift = `cd ~ && ${process.execPath} ${packageRoot}/dist/cli.js drift -i hosts.yml play.yml`
const users = ['crony', 'timely']
const mail = {PROVISION_SMTP_URL: 'smtps://me:sentinel@127.0.0.1:1', PROVISION_SMTP_CA: 'ca.pem'}
let host: SandboxHost

beforeAll(async () => {
  const [made] = await sandboxUp({names: [name], say: line => console.log(line)})
  if (!made) throw new Error('no host')
  host = made
  await installProgram(host)
  for (const user of users) await new BadHost(host).addUser(user)
  for (const home of ['/root', ...users.map(user => `/home/${user}`)]) {
    await onHost(host, `cat >${home}/hosts.yml <<'END'\nall: {hosts: {web1: {ansible_connection: local}}}\nEND`)
    await onHost(host, `cat >${home}/play.yml <<'END'\n${play}\nEND`)
  }
})

afterAll(() => sandboxDown({names: [name], say: () => {}}))

const play = `
- hosts: all
  gather_facts: false
  tasks:
    - name: Greeting
      copy: {content: "hello\\n", dest: "{{ playbook_dir }}/greeting"}
`

/** Calls drift after a login by ssh, which starts the user's own systemd. */
async function loggedIn(user: string, words: string): Promise<string> {
  const files = ['-i', host.keyFile, '-o', `UserKnownHostsFile=${host.knownHostsFile}`]
  const ran = await execute('ssh', ['-F', 'none', ...files, `${user}@${host.address}`, `${drift} ${words}`])
  if (ran.exit !== 0) throw new Error(`exit ${ran.exit}\n${ran.stdout}${ran.stderr}`)
  return shown(ran.stdout)
}

/** Calls drift as a user who is not logged in. */
const asUser = async (user: string, words: string) =>
  shown(await onHost(host, `HOME=/home/${user} runuser -u ${user} -- sh -c '${drift} ${words}'`))

/** Calls drift as root of a machine on which no systemd is seen. */
const withoutSystemd = async (words: string) => {
  const settings = Object.entries(mail).map(([key, value]) => `${key}=${value}`)
  const call = `mount -t tmpfs none /run/systemd && export ${settings.join(' ')} && ${drift} ${words}`
  return shown(await onHost(host, `unshare -m sh -c '${call}'`))
}

const shown = (text: string) =>
  text
    .trim()
    .replaceAll(/-[0-9a-f]{8}\b/g, '-ID')
    .replace(/Next: .+/, 'Next: TIME')

/** The states of the looks that were made, once there are any. */
const looks = (user: string) =>
  until(async () => {
    const history = await onHost(host, `cat ~${user}/.local/state/provision/drift/*/history.jsonl`)
    return history.split('\n').map(line => JSON.parse(line).state)
  }, 100)

const crontab = async (user: string) => shown(await onHost(host, `crontab -u ${user} -l 2>&1 || true`))
const units = async (user: string) => {
  const found = await onHost(host, `find /home/${user}/.config -name "provision-drift-*" -printf "%P\\n" | sort`)
  return shown(found).split('\n')
}
const isGone = (user: string) =>
  until(async () => {
    expect(await onHost(host, `systemctl is-active user@$(id -u ${user}) || true`)).toBe('inactive')
  }, 60)

describe('a schedule of a user for whom systemd runs nothing', () => {
  test('is a line of the crontab, beside those that were there', async () => {
    await onHost(host, "echo '0 1 * * * true # mine' | crontab -u crony -")
    expect(await asUser('crony', '--schedule "* * * * *"')).toMatchInlineSnapshot(`
      "installed: provision-drift-hosts-play-ID in your crontab
      Next: TIME
      systemd runs no units of this user here (it does after a login by ssh, or with lingering): cron starts the looks, and does not make up for what it missed while the machine was off."
    `)
    expect((await asUser('crony', '--schedule "* * * * *"')).split(':')[0]).toBe('already installed')
    expect((await crontab('crony')).replaceAll(packageRoot, 'PACKAGE')).toMatchInlineSnapshot(`
      "0 1 * * * true # mine
      * * * * * cd /home/crony && HOME=/home/crony PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /usr/bin/node PACKAGE/dist/cli.js drift /home/crony/play.yml -i /home/crony/hosts.yml --forks 50 --scheduled >/dev/null 2>&1 # provision-drift-hosts-play-ID"
    `)
  })
})

describe('a schedule of root where there is no systemd', () => {
  test('is a line of the crontab, and keeps who is told by whole paths', async () => {
    await onHost(host, "echo '-----BEGIN CERTIFICATE-----' >/root/ca.pem")
    expect(await withoutSystemd('--schedule "* * * * *" --notify mailto:me@example.com')).toMatchInlineSnapshot(`
      "installed: provision-drift-hosts-play-ID in your crontab
      Next: TIME
      There is no systemd here: cron starts the looks, and does not make up for what it missed while the machine was off.
      Told of changes: mailto:me@example.com"
    `)
    const line = await crontab('root')
    expect(line).toMatch(/^\* \* \* \* \* cd \/root && .* # provision-drift-hosts-play-ID$/)
    expect(line).not.toContain('sentinel')
    const kept = await onHost(host, 'cat /root/.local/state/provision/drift/*/targets.json')
    expect(JSON.parse(kept)).toMatchObject([{to: 'me@example.com', ca: '/root/ca.pem'}])
  })
})

describe('a schedule of a user who logs in', () => {
  test("is a timer of the user's, and says that it stops at the logout, as it does", async () => {
    expect(await loggedIn('timely', '--schedule "* * * * *"')).toMatchInlineSnapshot(`
      "installed: /home/timely/.config/systemd/user/provision-drift-hosts-play-ID.timer and provision-drift-hosts-play-ID.service
      Fires: * * * * * (OnCalendar=*-*-* *:*:00)
      Next: TIME
      The timer fires only while timely is logged in; sudo loginctl enable-linger timely makes it fire always."
    `)
    expect(await units('timely')).toMatchInlineSnapshot(`
      [
        "systemd/user/provision-drift-hosts-play-ID.service",
        "systemd/user/provision-drift-hosts-play-ID.timer",
        "systemd/user/timers.target.wants/provision-drift-hosts-play-ID.timer",
      ]
    `)
    await isGone('timely')
  })

  test('says nothing of that with lingering, and fires without anybody logged in', async () => {
    await onHost(host, 'loginctl enable-linger timely')
    expect(await loggedIn('timely', '--schedule "* * * * *"')).toMatchInlineSnapshot(`
      "already installed: /home/timely/.config/systemd/user/provision-drift-hosts-play-ID.timer and provision-drift-hosts-play-ID.service
      Fires: * * * * * (OnCalendar=*-*-* *:*:00)
      Next: TIME"
    `)
    expect(new Set(await looks('timely'))).toEqual(new Set(['drifted']))
    const service = await onHost(host, "journalctl --no-pager -o cat _COMM=systemd | grep 'Look for drift' | head -n 1")
    expect(service).toContain('Look for drift (provision)')
  })

  test('moves to the crontab where systemd runs nothing of the user any more, and back', async () => {
    await onHost(host, 'loginctl disable-linger timely')
    await isGone('timely')
    await asUser('timely', '--schedule "every day"')
    expect(await units('timely')).toEqual([''])
    expect(await crontab('timely')).toContain('0 0 * * * ')
    await loggedIn('timely', '--schedule "every day"')
    expect(await units('timely')).toHaveLength(3)
    expect(await crontab('timely')).toBe('')
  })
})

describe('all of them', () => {
  test('have looked: the crontabs, too, did so by themselves', async () => {
    for (const user of ['crony', 'root']) expect(new Set(await looks(user))).toEqual(new Set(['drifted']))
  })

  test('are gone after --unschedule', async () => {
    expect(await asUser('crony', '--unschedule')).toMatchInlineSnapshot(`"removed: provision-drift-hosts-play-ID"`)
    expect(await crontab('crony')).toBe('0 1 * * * true # mine')
    expect(shown(await onHost(host, `${drift} --unschedule`))).toMatchInlineSnapshot(
      `"removed: provision-drift-hosts-play-ID"`,
    )
    expect(await crontab('root')).toBe('')
    await isGone('timely')
    expect(await asUser('timely', '--unschedule')).toMatchInlineSnapshot(`"removed: provision-drift-hosts-play-ID"`)
    expect(await units('timely')).toEqual([''])
    expect(await asUser('timely', '--unschedule')).toMatchInlineSnapshot(
      `"there was no schedule provision-drift-hosts-play-ID"`,
    )
  })
})
