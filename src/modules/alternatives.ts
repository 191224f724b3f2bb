import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {rows} from './answer.ts'
import {path, word} from './arguments.ts'

const schema = z.strictObject({
  name: word.describe('The command, such as editor.'),
  path: path.describe('The program that it stands for.'),
  link: path.optional().describe('The link that all use, such as /usr/bin/editor; needed for a new name.'),
  priority: z.int().optional().describe('Which one counts in automatic mode: the highest. 50 for a new one.'),
  state: z
    .enum(['selected', 'present', 'auto', 'absent'])
    .default('selected')
    .describe('selected: this one counts; present: it is one of those; auto: the highest counts; absent: it is none.'),
})

type Wanted = z.infer<typeof schema>
type State = {
  readonly link: string | undefined
  readonly status: string
  readonly value: string
  /** Priorities by path. */
  readonly present: {readonly [path: string]: number}
}

/** alternatives: which program a command stands for. */
export const alternatives = hostModule<Wanted, State>({
  name: 'alternatives',
  summary: 'Says which of several programs a command stands for.',
  topic: 'system',
  example: {name: 'vim as the editor', alternatives: {name: 'editor', path: '/usr/bin/vim.basic'}},
  schema,
  probe: ({name}) =>
    sh`LC_ALL=C update-alternatives --query ${name} 2>/dev/null | grep -E '^(Link|Status|Value|Alternative|Priority):'`,
  parse: readQuery,
  plan(state, wanted): readonly Change[] {
    const priority = state.present[wanted.path]
    if (wanted.state === 'absent')
      return priority === undefined ? [] : [{what: 'alternative', before: wanted.path, after: null}]
    if (priority === undefined && (wanted.link ?? state.link) === undefined)
      throw new TaskError({message: `There is no ${wanted.name} yet: link is missing`})
    return [...installed(state, wanted), ...selected(state, wanted)]
  },
  apply({what, after}, {name, path, link, priority = 50}, state) {
    if (after === null) return sh`update-alternatives --remove ${name} ${path}`
    if (what === 'mode') return sh`update-alternatives --auto ${name}`
    if (what === 'selection') return sh`update-alternatives --set ${name} ${path}`
    return sh`update-alternatives --install ${link ?? state.link ?? ''} ${name} ${path} ${priority}`
  },
})

function installed({present, link}: State, wanted: Wanted): readonly Change[] {
  const priority = present[wanted.path]
  const isSame =
    priority !== undefined &&
    (wanted.priority === undefined || wanted.priority === priority) &&
    (wanted.link === undefined || wanted.link === link)
  const before = priority === undefined ? null : `priority ${priority}`
  return isSame ? [] : [{what: 'alternative', before, after: `priority ${wanted.priority ?? 50}`}]
}

function selected({status, value}: State, {state, path}: Wanted): readonly Change[] {
  if (state === 'auto') return status === 'manual' ? [{what: 'mode', before: status, after: 'auto'}] : []
  return state === 'selected' && value !== path ? [{what: 'selection', before: value || null, after: path}] : []
}

function readQuery(answer: string): State {
  const said = rows(answer).map(row => [row.slice(0, row.indexOf(':')), row.slice(row.indexOf(':') + 2)] as const)
  const first = (key: string) => said.find(([name]) => name === key)?.[1]
  const paths = said.filter(([name]) => name === 'Alternative').map(([, path]) => path)
  const priorities = said.filter(([name]) => name === 'Priority').map(([, priority]) => Number(priority))
  const present = Object.fromEntries(paths.map((path, index) => [path, priorities[index] ?? 0]))
  return {link: first('Link'), status: first('Status') ?? '', value: first('Value') ?? '', present}
}
