import {type Command, Help, type Option} from './command-line.ts'

/** Flags that few need: a verb with many shows them only with -v, so that its help fits a screen. */
const rare = [
  ...['--skip-tags', '--extra-vars', '--become', '--user', '--private-key', '--forks', '--timeout', '--ask-pass'],
  ...['--host-keys', '--identity', '--vault-id', '--vault-password-file', '--ask-vault-pass'],
  ...['--list-hosts', '--list-tasks', '--images', '--no-color', '--show-secrets', '--playbook-dir'],
]
const many = 12

/** How help is written: what most need, and where the rest is told. */
export const briefHelp = {
  visibleOptions(this: Help, command: Command): Option[] {
    const all = Help.prototype.visibleOptions.call(this, command)
    return isBrief(command, all) ? all.filter(({long}) => !rare.includes(long ?? '')) : all
  },
  subcommandTerm(command: Command): string {
    return command.name()
  },
  formatHelp(this: Help, command: Command, helper: Help): string {
    const text = Help.prototype.formatHelp.call(this, command, helper)
    const all = Help.prototype.visibleOptions.call(this, command)
    return isBrief(command, all)
      ? `${text}\nAll flags: ${helper.commandUsage(command).split(' [')[0]} -v --help\n`
      : text
  },
}

function isBrief(command: Command, all: readonly Option[]): boolean {
  return all.length > many && !command.opts().verbose
}
