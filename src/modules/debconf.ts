import {createHash} from 'node:crypto'
import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {bool, text, word} from './arguments.ts'

const schema = z.strictObject({
  name: word.describe('The package whose question it is.'),
  question: word.describe('The question, such as postfix/main_mailer_type.'),
  vtype: z
    .enum(['string', 'password', 'boolean', 'select', 'multiselect', 'text', 'note', 'error', 'title'])
    .describe('The kind of answer.'),
  value: text.describe('The answer.'),
  unseen: bool.default(false).describe('Does not mark the question as one that was shown.'),
})

type State = {readonly sha256: string}

/** debconf: answers a question that a package asks when it is installed. */
export const debconf = hostModule<z.infer<typeof schema>, State>({
  name: 'debconf',
  summary: 'Answers a question of a package before it is asked.',
  topic: 'packages',
  example: {
    name: 'Mail server for this host alone',
    debconf: {name: 'postfix', question: 'postfix/main_mailer_type', vtype: 'select', value: 'Local only'},
  },
  schema,
  aliases: {pkg: 'name', selection: 'question', setting: 'question', answer: 'value'},
  // Only the hash travels: an answer may be a password.
  probe: ({question}) => sh`r=$(echo GET ${question} | debconf-communicate 2>/dev/null)
case $r in 0*) r=\${r#0}; printf 'sha256=%s\n' "$(printf '%s' "\${r# }" | sha256sum | cut -d ' ' -f 1)" ;; esac`,
  parse: answer => ({sha256: fields(answer).sha256 ?? ''}),
  plan({sha256}, wanted): readonly Change[] {
    const value = answerOf(wanted)
    if (sha256 === createHash('sha256').update(value).digest('hex')) return []
    const after = wanted.vtype === 'password' ? '(a password)' : value
    return [{what: wanted.question, before: sha256 === '' ? null : '(another answer)', after}]
  },
  apply: (_, wanted) =>
    sh`printf '%s\n' ${`${wanted.name} ${wanted.question} ${wanted.vtype} ${answerOf(wanted)}`} | debconf-set-selections ${wanted.unseen ? ['-u'] : []}`,
})

function answerOf({vtype, value}: z.infer<typeof schema>): string {
  return vtype === 'boolean' ? value.toLowerCase() : value
}
