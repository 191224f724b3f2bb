import {type Command, Option} from '../command-line.ts'
import {inventoryHelp, noInventory, oneMore} from '../inventory-flag.ts'
import {vaultOptions} from '../run/vault-options.ts'
import type {HostsFlags} from './hosts.ts'

/** Adds the verb `hosts`: what an inventory says, without connecting to anything. */
export function hostsCommand(program: Command): void {
  const hosts = program
    .command('hosts')
    .description("show an inventory's hosts, or a host's variables")
    .argument('[pattern]', 'which hosts, as in a play', 'all')
    .option('-i, --inventory <file>', inventoryHelp, oneMore)
    .option('--vars <host>', "show a host's variables, each with its place")
    .option('--playbook-dir <folder>', 'also read group_vars, host_vars and defaults of this folder')
    .option('--show-secrets', 'show values of passwords, secrets, tokens, keys and lookups')
    .option('--identity <file>', 'age identities that open sealed secrets')
    .option('-v, --verbose', 'also show the values that each variable wins over')
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['plain', 'json']).default('plain'))
    .addHelpText('after', '\nExample:\n  provision hosts -i prod.yml --vars chat1 -v')
    .action(async (pattern: string, own: HostsFlags, command: Command) => {
      const flags = {...own, inventory: own.inventory ?? command.parent?.opts<HostsFlags>().inventory}
      if (flags.inventory === undefined) throw noInventory()
      // Loaded only when it is needed, so that the other verbs start at once.
      const {hosts: tell} = await import('./hosts.ts')
      process.stdout.write(`${await tell(pattern, {...flags, inventory: flags.inventory})}\n`)
    })
  for (const option of vaultOptions()) hosts.addOption(option)
}
