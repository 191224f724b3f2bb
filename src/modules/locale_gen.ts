import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {words} from './arguments.ts'

const schema = z.strictObject({
  name: words.describe('Locales, such as de_DE.UTF-8.'),
  state: z.enum(['present', 'absent']).default('present').describe('Whether they are to be there.'),
})

type Wanted = z.infer<typeof schema>
type State = {readonly hasTool: boolean; readonly present: readonly string[]; readonly known: readonly string[]}

/** locale_gen: locales that programs on the host can use. */
export const locale_gen = hostModule<Wanted, State>({
  name: 'locale_gen',
  summary: 'Generates locales, or removes them.',
  topic: 'system',
  example: {name: 'German', locale_gen: {name: 'de_DE.UTF-8'}},
  schema,
  probe: ({name}) => sh`if command -v locale-gen >/dev/null; then echo tool=yes; fi
locale -a 2>/dev/null | sed 's/^/present=/'
for n in ${name}; do grep -h -F -e "$n " /usr/share/i18n/SUPPORTED 2>/dev/null | sed 's/^/known=/'; done`,
  parse: answer => ({
    hasTool: fields(answer).tool === 'yes',
    present: all(answer, 'present'),
    known: all(answer, 'known'),
  }),
  plan(state, {name, state: goal}): readonly Change[] {
    const isPresent = (locale: string) => state.present.some(one => normal(one) === normal(locale))
    const wrong = name.filter(locale => isPresent(locale) === (goal === 'absent'))
    const unknown = wrong.filter(locale => !state.known.some(line => line.startsWith(`${locale} `)))
    if (state.hasTool && goal === 'present' && unknown.length > 0)
      throw new TaskError({
        message: `There is no locale ${unknown.join(', ')}`,
        hint: 'See /usr/share/i18n/SUPPORTED on the host.',
      })
    return wrong.map(locale => ({what: locale, before: goal === 'absent' ? 'present' : 'absent', after: goal}))
  },
  apply: (change, {state}, {known}) =>
    generate(
      change.what,
      state,
      known.find(line => line.startsWith(`${change.what} `)),
    ),
})

function generate(locale: string, state: 'present' | 'absent', line = `${locale} UTF-8`): Shell {
  const edit =
    state === 'absent'
      ? sh`awk -v n=${locale} '$1 == n {$0 = "# " $0} {print}' "$f" >"$t"`
      : sh`awk -v l=${line} '{s = $0; sub(/^# */, "", s); sub(/ +$/, "", s)} s == l {if (!n++) print l; next} {print} END {if (!n) print l}' "$f" >"$t"`
  return sh`command -v locale-gen >/dev/null || { echo 'locale-gen is not installed: it comes with the package locales' >&2; exit 1; }
f=/etc/locale.gen; t=$(mktemp /etc/.provision.XXXXXX) && ${raw(edit)} && chmod --reference="$f" "$t" && mv -f -- "$t" "$f" && locale-gen >/dev/null`
}

// `locale -a` says de_DE.utf8 where people say de_DE.UTF-8.
function normal(locale: string): string {
  const [language = '', charset = ''] = locale.split('.')
  return `${language}.${charset.toLowerCase().replaceAll('-', '')}`
}
