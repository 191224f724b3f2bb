import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {packageRoot} from '../../src/package-root.ts'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {onHost} from './support/look.ts'
import {installProgram} from './support/program.ts'
import {until} from './support/until.ts'

/** The host is the machine that runs provision, and watches itself. */
const name = 'watch-test'
const secret = 'sentinel-in-the-address'
const drift = `cd /srv && ${process.execPath} ${packageRoot}/dist/cli.js drift`
const flags = '-i hosts.yml play.yml'
let host: SandboxHost
let service = ''

const files = {
  'hosts.yml': 'all: {hosts: {web1: {ansible_connection: local}}}\n',
  'play.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - name: Greeting
      copy: {content: "hello\\n", dest: /srv/greeting}
`,
  // Keeps what it is sent, a message in each line.
  'hook.mjs': `
import {appendFileSync} from 'node:fs'
import {createServer} from 'node:http'
createServer(async (request, answer) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const {text} = JSON.parse(Buffer.concat(chunks).toString())
  appendFileSync('/srv/messages', JSON.stringify({path: request.url, text}) + '\\n')
  answer.end()
}).listen(8099, '127.0.0.1')
`,
}

beforeAll(async () => {
  const [made] = await sandboxUp({names: [name], say: line => console.log(line)})
  if (!made) throw new Error('no host')
  host = made
  await installProgram(host)
  for (const [file, text] of Object.entries(files)) await onHost(host, `cat >/srv/${file} <<'END'\n${text}\nEND`)
  await onHost(host, `echo hello >/srv/greeting; systemd-run --unit hook ${process.execPath} /srv/hook.mjs`)
  await onHost(host, `printf 'http://127.0.0.1:8099/${secret}\\nslack:http://127.0.0.1:8099/slack\\n' >/srv/targets`)
})

afterAll(async () => {
  await sandboxDown({names: [name], say: () => {}})
})

type Line = {readonly state: string}
const looks = async (): Promise<readonly Line[]> =>
  JSON.parse(await onHost(host, `${drift} history ${flags} --output json`))

const messages = async (): Promise<readonly {path: string; text: string}[]> => {
  const lines = await onHost(host, 'touch /srv/messages; cat /srv/messages')
  return lines === '' ? [] : lines.split('\n').map(line => JSON.parse(line))
}

/** Starts the unit, however often it was started in the last seconds. */
const start = () => `systemctl reset-failed ${service}; systemctl start ${service}`

/** Starts the unit until a look has told so many; a look that began before the change sees nothing yet. */
const lookUntil = (number: number) =>
  until(async () => {
    await onHost(host, start())
    expect(await messages()).toHaveLength(number)
  }, 60)

describe('a schedule', () => {
  test('is a timer of systemd with whole paths and no secret, and made again is the same', async () => {
    const made = await onHost(host, `${drift} ${flags} --schedule '* * * * *' --notify @targets`)
    service = /provision-drift-\S+\.service/.exec(made)?.[0] ?? ''
    expect(made.replaceAll(/-[0-9a-f]{8}\b/g, '-ID').replace(/Next: .+/, 'Next: TIME')).toMatchInlineSnapshot(`
      "installed: /etc/systemd/system/provision-drift-hosts-play-ID.timer and provision-drift-hosts-play-ID.service
      Fires: * * * * * (OnCalendar=*-*-* *:*:00)
      Next: TIME
      Told of changes: webhook at 127.0.0.1:8099, slack at 127.0.0.1:8099"
    `)
    const again = await onHost(host, `${drift} ${flags} --schedule '* * * * *'`)
    expect(again.split(':')[0]).toBe('already installed')
    const units = await onHost(host, `systemctl cat ${service} ${service.replace('.service', '.timer')}`)
    expect(units).toContain(`"${packageRoot}/dist/cli.js" "drift" "/srv/play.yml" "-i" "/srv/hosts.yml"`)
    expect(units).not.toContain(secret)
    expect(await onHost(host, 'find /root/.local/state/provision -perm /077')).toBe('')
  })

  test('fires by itself and writes history', async () => {
    const [first] = await until(async () => {
      const lines = await looks()
      expect(lines).not.toHaveLength(0)
      return lines
    }, 100)
    expect(first?.state).toBe('clean')
    expect(await messages()).toEqual([])
  })

  test('tells each change of state once to each who is told', async () => {
    await onHost(host, 'echo by hand >/srv/greeting')
    await lookUntil(2)
    await onHost(host, `${start()}; ${start()}`)
    await onHost(host, 'echo hello >/srv/greeting')
    await lookUntil(4)
    await onHost(host, start())
    const told = (await messages()).map(({path, text}) => `${path} ${text.replace(/-[0-9a-f]{8}\b/, '-ID')}`)
    expect(told).toMatchInlineSnapshot(`
      [
        "/sentinel-in-the-address provision: hosts-play-ID
      web1: drifted (was in order)
        - Greeting [configuration]",
        "/slack provision: hosts-play-ID
      web1: drifted (was in order)
        - Greeting [configuration]",
        "/sentinel-in-the-address provision: hosts-play-ID
      web1: in order (was drifted)",
        "/slack provision: hosts-play-ID
      web1: in order (was drifted)",
      ]
    `)
    expect((await looks()).filter(({state}) => state === 'drifted').length).toBeGreaterThan(2)
    expect(await onHost(host, `journalctl -u ${service} --no-pager`)).not.toContain(secret)
  })

  test('is gone after --unschedule', async () => {
    await onHost(host, `${drift} ${flags} --unschedule`)
    const left = await onHost(
      host,
      "ls /etc/systemd/system | grep provision-drift; systemctl list-timers --all --no-legend 'provision-*'",
    )
    expect(left).toBe('')
    expect(await onHost(host, `${drift} ${flags} --unschedule`)).toContain('there was no schedule')
  })
})
