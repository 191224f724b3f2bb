import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {parse} from 'yaml'
import {packageRoot} from '../src/package-root.ts'
import {makeHosts} from './hosts.ts'
import {type Result, repeated} from './matrix.ts'
import {measure} from './measure.ts'
import {writePlaces} from './plays/write-work.ts'
import {provisionCommand} from './tools/provision.ts'

const name = 'bench-site'

/** Measures our own playbook: a bare host to its proven site, and the same once more where nothing is to be done. The others have no such playbook. */
export async function measureSite(times: number, say: (line: string) => void): Promise<readonly Result[]> {
  const hosts = await makeHosts({names: [name]}, say)
  const folder = mkdtempSync(join(tmpdir(), 'bench-site-'))
  try {
    writePlaces({folder, ...hosts})
    writeFileSync(join(folder, 'site.json'), JSON.stringify({chatwoot: {hosts: {[name]: inputs()}}}))
    const once = () => measure(provisionCommand(folder, siteFile, ['-i', 'site.json']))
    const up = await repeated(1, once)
    const again = await repeated(times, once)
    const kind = {tool: 'provision', hosts: 1, roundTrip: 0, sent: undefined}
    return [
      {work: 'site, from a bare host', ...kind, ...up},
      {work: 'site, no-op', ...kind, ...again},
    ]
  } finally {
    await hosts.remove()
    rmSync(folder, {recursive: true})
  }
}

const siteFile = join(packageRoot, 'playbooks', 'site.yml')

/** What a throwaway host's site is given, but for the way to its host. */
function inputs(): object {
  const {chatwoot} = parse(readFileSync(join(packageRoot, 'inventory', 'sandbox.yml'), 'utf8'))
  const {ansible_connection, ...values} = chatwoot.hosts.chat1
  return values
}
