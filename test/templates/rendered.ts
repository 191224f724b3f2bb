import {mkdtempSync, readFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {parse} from 'yaml'
import {readDefaults} from '../../src/inventory/named-vars.ts'
import {valuesOf} from '../../src/inventory/variable.ts'
import type {Value, Values} from '../../src/module.ts'
import {renderText} from '../../src/template/template.ts'
import {Variables} from '../../src/template/variables.ts'

const root = join(import.meta.dirname, '../..')
const defaults: Values = valuesOf(await readDefaults(join(root, 'playbooks')))

// Instead of generated ones, so that what is rendered is always the same.
const secrets = {
  chatwoot_secret_key_base: 'sKeyBase',
  chatwoot_encryption_primary_key: 'pKey',
  chatwoot_encryption_deterministic_key: 'dKey',
  chatwoot_encryption_key_derivation_salt: 'kSalt',
  chatwoot_postgres_password: 'aPassword',
  postgres_superuser_password: 'uPassword',
  redis_password: 'rPassword',
}

/** What an inventory may say beside the defaults, for a host with so much memory. */
export type Said = {readonly vars?: Values; readonly memory?: number}

/** The default inputs, with what an inventory says on top. */
function inputs({vars = {}, memory = 4000}: Said = {}): Variables {
  const host = {
    inventory_dir: mkdtempSync(join(tmpdir(), 'inventory-')),
    inventory_hostname: 'chat1',
    playbook_dir: join(root, 'playbooks'),
    ansible_facts: {
      memtotal_mb: memory,
      distribution: 'Debian',
      distribution_release: 'trixie',
      architecture: 'x86_64',
    },
    chatwoot_domain: 'chat.example.com',
    chatwoot_admin_email: 'admin@example.com',
  }
  return new Variables([defaults, secrets, host, vars])
}

/** A template as a host gets it. */
export function rendered(template: string, said?: Said, more: Values = {}): string {
  return renderText(readFileSync(join(root, 'templates', template), 'utf8'), inputs(said).with(more))
}

/** The environment file of the app, or of another service. */
export function renderedEnvironment(name: 'chatwoot' | 'postgres' | 'redis', said?: Said): string {
  return rendered('env.j2', said, {variables: inputs(said).get(`${name}_environment`) ?? null})
}

/** The compose file, read. */
export function compose(said?: Said): {readonly [key: string]: Value} {
  return parse(rendered('compose.yml.j2', said), {merge: true})
}
