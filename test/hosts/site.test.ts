import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {packageRoot} from '../../src/package-root.ts'
import {type SandboxHost, sandboxDown, sandboxUp} from '../../src/sandbox/sandbox.ts'
import {type RunReport, Workplace} from './support/command.ts'
import {firstMessage, https, onHost, openPorts} from './support/look.ts'
import {until} from './support/until.ts'

const name = 'site-test'
const domain = 'chat.example.test'
const place = new Workplace()
let host: SandboxHost

/** The sandbox's own inventory with another name, and settings that have to be seen. */
const inventory = place.write(
  'prod.yml',
  readFileSync(join(packageRoot, 'inventory', 'sandbox.yml'), 'utf8')
    .replace('chat1:', `${name}:`)
    .replace('chat.sandbox.test', domain)
    .replace('admin@sandbox.test', 'admin@example.test')
    .concat(
      '      chatwoot_settings: {ENABLE_ACCOUNT_SIGNUP: true, INSTALLATION_NAME: Tested}\n',
      '      chatwoot_widget_test: true\n',
      '      chatwoot_widget_test_token: abc123\n',
    ),
)

beforeAll(async () => {
  const [made] = await sandboxUp({names: [name], say: line => console.log(line)})
  if (!made) throw new Error('no host')
  host = made
})

afterAll(async () => {
  await sandboxDown({names: [name], say: () => {}})
  place.remove()
})

const site = (...more: readonly string[]): Promise<RunReport> => place.report(['--inventory', inventory, ...more])

const changed = (report: RunReport) =>
  report.tasks.filter(task => task.status === 'changed').map(({task, item}) => (item ? `${task} (${item})` : task))

const failed = (report: RunReport) => report.tasks.filter(task => task.status === 'failed')

describe('the site on a bare Debian 13 host', () => {
  test('is brought up from nothing', async () => {
    expect(await onHost(host, 'command -v docker ufw nginx || echo bare')).toBe('bare')
    const report = await site()
    expect(failed(report)).toEqual([])
    expect(report.exit).toBe(0)
    expect(report.hosts[name]?.changed).toBeGreaterThan(15)
  })

  test('answers over HTTPS with both services well and the wanted version', async () => {
    const answer = await https(host, domain, '/api')
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({version: '4.15.1', queue_services: 'ok', data_services: 'ok'})
  })

  test('lets the admin sign in with the generated password, and nobody else become admin', async () => {
    const shown = await place.provision(['secrets', 'show', 'chatwoot_admin_password', '--inventory', inventory])
    const password = shown.stdout.trim()
    expect(password).toMatch(/^\S{40}$/)
    const right = await https(host, domain, '/auth/sign_in', {email: 'admin@example.test', password})
    expect(right.status).toBe(200)
    expect(JSON.parse(right.body).data).toMatchObject({
      email: 'admin@example.test',
      type: 'SuperAdmin',
      role: 'administrator',
    })
    const wrong = await https(host, domain, '/auth/sign_in', {email: 'admin@example.test', password: `${password}x`})
    expect(wrong.status).toBe(401)
    const onboarding = await https(host, domain, '/installation/onboarding')
    expect(onboarding.status).toBe(302)
  })

  test('welcomes a WebSocket through nginx', async () => {
    expect(JSON.parse(await firstMessage(host, domain, '/cable'))).toEqual({type: 'welcome'})
  })

  test('opens only SSH, HTTP and HTTPS to the outside', async () => {
    const ports = [21, 22, 25, 53, 80, 111, 443, 2375, 3000, 3036, 5432, 6379, 7433, 8080, 9000, 9323]
    expect(await openPorts(host, ports)).toEqual([22, 80, 443])
    expect(
      await onHost(host, "docker ps --format '{{.Names}} {{.Ports}}' | grep -v nginx | grep -c '0.0.0.0' || true"),
    ).toBe('0')
  })

  test('keeps its secrets in files that only root reads', async () => {
    expect(await onHost(host, "stat -c '%a %U %n' /opt/chatwoot/.env")).toBe('600 root /opt/chatwoot/.env')
    expect(
      await onHost(
        host,
        'docker exec chatwoot-postgres-1 psql -U postgres -d chatwoot_production -tAc "select extname from pg_extension where extname = \'vector\'"',
      ),
    ).toBe('vector')
  })

  test('serves the page that tests the widget, with the given token', async () => {
    const page = await https(host, domain, '/widget_test')
    expect(page.status).toBe(200)
    expect(page.body).toContain('abc123')
    expect(page.body).toContain('/packs/js/sdk.js')
  })

  test('is in order the second time: nothing changed, and at most 5 round trips', async () => {
    const report = await site()
    expect(changed(report)).toEqual([])
    expect(report.exit).toBe(0)
    expect(report.hosts[name]?.trips).toBeLessThanOrEqual(5)
  })

  test('has nginx take more connections than its image does', async () => {
    expect(await onHost(host, 'docker exec chatwoot-nginx-1 nginx -T 2>/dev/null | grep worker_connections')).toBe(
      'worker_connections 4096;',
    )
  })

  test('has as many workers as are wanted, also where one was lost beside another', async () => {
    const workers = () => onHost(host, "docker ps --format '{{.Names}}' --filter name=chatwoot-worker | sort")
    const more = ['-e', 'chatwoot_workers=2']
    const described = ['The services are described', 'All services are healthy']
    expect(changed(await site(...more))).toEqual(described)
    expect(await workers()).toBe('chatwoot-worker-1\nchatwoot-worker-2')
    await onHost(host, 'docker rm -f chatwoot-worker-2')
    expect(changed(await site(...more))).toEqual(['All services are healthy'])
    expect(changed(await site())).toEqual(described)
    expect(await workers()).toBe('chatwoot-worker-1')
  })

  test('passes its proof alone', async () => {
    const report = await place.report(['--inventory', inventory, 'verify.yml'])
    expect(failed(report)).toEqual([])
    expect(changed(report)).toEqual([])
    expect(report.exit).toBe(0)
  })
})

/** What somebody does to the host, and the tasks that must find it. */
const breaks = [
  {
    what: 'a file has another content',
    how: 'echo "# mine" >>/opt/chatwoot/nginx/20-chatwoot.conf',
    found: ['nginx is configured (20-chatwoot.conf)'],
  },
  {
    what: 'a file has another mode',
    how: 'chmod 0644 /opt/chatwoot/.env',
    found: ['The services have their environment'],
  },
  {
    what: 'a service is off',
    how: 'systemctl disable docker 2>/dev/null',
    found: ['Docker runs'],
  },
  {
    what: 'a container runs and does not answer',
    how: 'docker kill -s STOP chatwoot-web-1',
    found: ['What hangs is started anew'],
  },
  {what: 'a container is gone', how: 'docker rm -f chatwoot-worker-1 >/dev/null', found: ['All services are healthy']},
  {
    what: 'a firewall rule is gone',
    how: 'ufw delete allow 443/tcp >/dev/null',
    found: ["The firewall lets the site's visitors in (443)"],
  },
  {
    what: 'the certificate is another',
    how: 'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=other -days 9 -keyout /tmp/k -out /opt/chatwoot/tls/certificate.pem 2>/dev/null',
    found: ['The certificate is made on the host'],
  },
]

describe('a host that somebody broke', () => {
  test('is told apart by --check, which names exactly what was broken and changes nothing', async () => {
    for (const {how} of breaks) await onHost(host, how)
    const health = "docker inspect -f '{{.State.Health.Status}}' chatwoot-web-1"
    await until(async () => expect(await onHost(host, health)).toBe('unhealthy'), 180)
    const report = await site('--check')
    expect(report.exit).toBe(2)
    expect(withoutHandlers(changed(report)).toSorted()).toEqual(breaks.flatMap(({found}) => found).toSorted())
    expect(
      await onHost(host, 'stat -c %a /opt/chatwoot/.env; docker ps -aq --filter name=chatwoot-worker-1 | wc -l'),
    ).toBe('644\n0')
  })

  test('is healed by a run, and quiet again', async () => {
    const healing = await site()
    expect(failed(healing)).toEqual([])
    expect(withoutHandlers(changed(healing)).toSorted()).toEqual(breaks.flatMap(({found}) => found).toSorted())
    expect(
      await onHost(
        host,
        "stat -c %a /opt/chatwoot/.env; systemctl is-enabled docker; docker inspect -f '{{.State.Health.Status}}' chatwoot-worker-1",
      ),
    ).toBe('600\nenabled\nhealthy')
    expect(await openPorts(host, [80, 443])).toEqual([80, 443])
    const quiet = await site()
    expect(changed(quiet)).toEqual([])
    expect(quiet.exit).toBe(0)
  })
})

describe('drift of the site', () => {
  const drift = async (...more: readonly string[]) => {
    const ran = await place.provision(['drift', '--inventory', inventory, '--output', 'json', ...more])
    const {drifted}: {drifted: readonly {kind: string; task: string; item?: string}[]} = JSON.parse(ran.stdout)
    const found = drifted.map(({kind, task, item}) => `${kind}: ${item ? `${task} (${item})` : task}`)
    return {exit: ran.exit, found: found.toSorted()}
  }

  test('is none after the run', async () => {
    expect(await drift()).toEqual({exit: 0, found: []})
  })

  test('is exactly the five things that somebody broke, of both kinds', async () => {
    await onHost(host, 'echo "# mine" >>/opt/chatwoot/nginx/20-chatwoot.conf')
    await onHost(host, 'docker stop chatwoot-worker-1')
    await onHost(
      host,
      'docker run -d --name stranger -p 8080:80 --entrypoint nginx $(docker inspect -f {{.Config.Image}} chatwoot-nginx-1) -g "daemon off;"',
    )
    await onHost(host, 'systemd-run --quiet --wait --unit stranger false || true')
    expect(await drift('-e', 'drift_certificate_days=10000')).toEqual({
      exit: 2,
      found: [
        'configuration: nginx is configured (20-chatwoot.conf)',
        'runtime: All services are healthy',
        'runtime: No unit has failed',
        'runtime: Only SSH, HTTP and HTTPS answer from outside',
        'runtime: The certificate is the right one, and has days enough',
      ],
    })
    await onHost(host, 'docker rm -f stranger; systemctl reset-failed stranger')
    await site()
    expect(await drift()).toEqual({exit: 0, found: []})
  })
})

/** Handlers follow from what was found. */
function withoutHandlers(tasks: readonly string[]): readonly string[] {
  return tasks.filter(task => task !== 'Reload nginx' && task !== 'Restart Docker')
}
