import type {Command, Option} from '../command-line.ts'

/** A word that can stand where somebody types, and what it means. */
export type Candidate = {readonly word: string; readonly description: string}

/** The words that can stand where the last of `words` is being typed; none where a path is expected, or anything. */
export async function candidates(program: Command, words: readonly string[]): Promise<readonly Candidate[]> {
  const typed = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const command = commandOf(program, before)
  const option = openOption(command, program, before.at(-1))
  const all = option
    ? await values(option, before)
    : typed.startsWith('-')
      ? flags(command)
      : await places(command, before)
  return all.filter(({word}) => word.startsWith(typed))
}

/** The verb, or the verb's verb, that the words before lead to. */
function commandOf(program: Command, before: readonly string[]): Command {
  return before.reduce((command, word) => command.commands.find(one => one.name() === word) ?? command, program)
}

/** The flag whose value is being typed. */
function openOption(command: Command, program: Command, word: string | undefined): Option | undefined {
  const all = [...command.options, ...program.options]
  const option = all.find(({short, long}) => word !== undefined && (word === short || word === long))
  return option && (option.required || option.optional) ? option : undefined
}

async function values({long, argChoices}: Option, before: readonly string[]): Promise<readonly Candidate[]> {
  if (argChoices) return argChoices.map(word => ({word, description: ''}))
  return long === '--limit' || long === '--vars' ? hostsOf(before) : []
}

function flags(command: Command): readonly Candidate[] {
  return command.options.flatMap(({long, hidden, description}) => (long && !hidden ? [{word: long, description}] : []))
}

/** Verbs, and what the command's first argument may be. */
async function places(command: Command, before: readonly string[]): Promise<readonly Candidate[]> {
  const verbs = command.createHelp().visibleCommands(command)
  const choices = command.registeredArguments[0]?.argChoices ?? []
  return [
    ...verbs.map(verb => ({word: verb.name(), description: verb.description()})),
    ...choices.map(word => ({word, description: ''})),
    ...(command.name() === 'docs' ? await modules() : []),
    ...(command.name() === 'hosts' ? await hostsOf(before) : []),
  ]
}

/** Loaded only when it is needed, as the inventory's reader below: each Tab starts the program. */
async function modules(): Promise<readonly Candidate[]> {
  const {moduleMap} = await import('../../modules/index.ts')
  return [...moduleMap.values()].map(({name, summary}) => ({word: name, description: summary}))
}

/** Hosts and groups of the inventories that the words before name; none where they cannot be read: a shell shows no errors here. */
async function hostsOf(before: readonly string[]): Promise<readonly Candidate[]> {
  const named = before.filter((_, index) => ['-i', '--inventory'].includes(before[index - 1] ?? ''))
  try {
    const [{readInventory}, {findInventory}] = await Promise.all([
      import('../../inventory/read-inventory.ts'),
      import('../run/find-files.ts'),
    ])
    const {groups, hosts} = await readInventory(named.map(findInventory))
    return [
      ...[...hosts.keys()].map(word => ({word, description: 'host'})),
      ...[...groups.keys()].map(word => ({word, description: 'group'})),
    ]
  } catch {
    return []
  }
}
