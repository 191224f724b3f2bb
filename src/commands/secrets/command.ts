import type {Command} from '../command-line.ts'
import {inventoryHelp, noInventory, oneMore} from '../inventory-flag.ts'
import type {SecretsFlags} from './flags.ts'

/** Adds the verb `secrets`: what is sealed beside an inventory. */
export function secretsCommand(program: Command): void {
  const secrets = program
    .command('secrets')
    .summary('show and change what is sealed beside an inventory')
    .description('show and change the secrets that are sealed beside an inventory (prod.yml: prod.secrets.age)')
    .addHelpText('after', help)
  verb(secrets, 'init', 'make the file, for your identity or for others, or with a passphrase', 'init')
    .option('--to <recipients>', 'whom it is for: age1…, several with commas (default: your identity)', words)
    .option('--passphrase', 'whoever knows a passphrase opens it; it is asked for')
  verb(secrets, 'list', 'list the names of the secrets, without their values', 'list')
  verb(secrets, 'show <name>', 'print a secret', 'show').option('--for <name>', forHelp)
  verb(secrets, 'set <name>', 'seal a secret that is typed, or that comes on stdin', 'set').option(
    '--for <name>',
    forHelp,
  )
  verb(secrets, 'edit', 'open all of them in $EDITOR', 'edit')
  verb(secrets, 'rekey', 'seal them for others from now on', 'rekey')
    .option('--add <recipients>', 'who may open them, too: age1…, several with commas', words)
    .option('--remove <recipients>', 'who may no longer', words)
    .option('--to <recipients>', 'who may, and nobody else', words)
    .option('--passphrase', 'whoever knows a passphrase; it is asked for')
  verb(secrets, 'rotate <name>', 'replace a secret here and on the hosts that have it', 'rotate')
    .option('--for <name>', forHelp)
    .option('--playbook <file>', 'playbook whose input it is', 'site.yml')
    .option('-y, --yes', 'do not ask, even if something stops working')
}

const forHelp = 'host or group that it is for'

const help = `
Identities are taken from --identity, PROVISION_AGE_IDENTITY or
~/.config/provision/identity.txt; passphrases from PROVISION_SECRETS_PASSPHRASE,
from the file in PROVISION_SECRETS_PASSPHRASE_FILE, or from the terminal.

Example:
  provision secrets show chatwoot_admin_password -i prod.yml`

type Verb = keyof typeof import('./verbs.ts')

function verb(secrets: Command, words: string, description: string, name: Verb): Command {
  return secrets
    .command(words)
    .description(description)
    .option('-i, --inventory <file>', inventoryHelp, oneMore)
    .option('--identity <file>', 'age identities that open the secrets')
    .action(async (...given: readonly unknown[]) => {
      const command = given.at(-1) as Command
      const all = command.optsWithGlobals<SecretsFlags>()
      const inventory = command.opts<SecretsFlags>().inventory ?? all.inventory
      if (inventory === undefined) throw noInventory()
      // Loaded only when it is needed, so that the other verbs start at once.
      const verbs = await import('./verbs.ts')
      process.exitCode = await verbs[name](String(given[0]), {
        ...command.opts<SecretsFlags>(),
        inventory,
        identity: all.identity,
      })
    })
}

function words(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...value.split(',').map(word => word.trim())].filter(word => word !== '')
}
