import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {all} from './answer.ts'
import {aptUpdate} from './apt-get.ts'
import {bool, word} from './arguments.ts'
import {decode} from './content.ts'
import {mode} from './mode.ts'

const schema = z.strictObject({
  repo: z
    .string()
    .regex(
      /^\s*deb(-src)?\s+(\[[^\]]*\]\s*)?\S+\s+\S+/,
      'must be a line as in sources.list: deb [options] URI SUITE COMPONENTS',
    )
    .transform(tidy)
    .describe('The source, as a line of sources.list: deb [options] URI SUITE COMPONENTS.'),
  state: z.enum(['present', 'absent']).default('present').describe('Whether apt is to use it.'),
  filename: word.optional().describe('Name of the file in sources.list.d, without .list; by default made of the URI.'),
  mode: mode.default('0644').describe('Permissions of a new file.'),
  update_cache: bool.default(true).describe('Brings the package lists up to date after a change.'),
})

type Wanted = z.infer<typeof schema>
type Sources = readonly {readonly file: string; readonly text: string}[]

/** apt_repository: a line of apt's sources. */
export const apt_repository = hostModule<Wanted, Sources>({
  name: 'apt_repository',
  summary: "Adds a line to apt's sources, or removes it wherever it is.",
  topic: 'packages',
  example: {name: 'Backports', apt_repository: {repo: 'deb http://mirror.example.org/debian trixie-backports main'}},
  schema,
  aliases: {'update-cache': 'update_cache'},
  refused: {
    install_python_apt: 'leave it out: no Python is needed',
    validate_certs: 'leave it out: certificates are always checked',
    update_cache_retries: 'use until and retries',
    update_cache_retry_max_delay: 'use until and retries',
  },
  probe: () => sh`for f in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
[ ! -f "$f" ] || printf 'file=%s %s\n' "$(base64 <"$f" | tr -d '\n')" "$f"; done`,
  parse: answer => all(answer, 'file').map(readSource),
  plan(sources, wanted): readonly Change[] {
    const files = changed(sources, wanted)
    const changes = files.map(({file, before, after}) => ({what: file, before, after}))
    const isLast = changes.length > 0 && wanted.update_cache
    return isLast ? [...changes, {what: 'package lists', before: 'stale', after: 'fresh', unseen: true}] : changes
  },
  apply(change, wanted, sources) {
    if (change.what === 'package lists') return update(changed(sources, wanted))
    return write(change.what, typeof change.after === 'string' ? change.after : undefined, wanted.mode)
  },
  result: (_, {repo, state}) => ({repo, state}),
})

type ChangedFile = {readonly file: string; readonly before: string | null; readonly after: string | null}

function changed(sources: Sources, wanted: Wanted): readonly ChangedFile[] {
  return wanted.state === 'present' ? added(sources, wanted) : removed(sources, wanted)
}

function added(sources: Sources, {repo, filename}: Wanted): readonly ChangedFile[] {
  if (sources.some(({text}) => text.split('\n').some(line => sourceOf(line) === repo))) return []
  // A line that is commented out is put in force where it is.
  const disabled = sources.find(({text}) => text.split('\n').some(line => isDisabled(line, repo)))
  if (disabled) {
    const after = disabled.text.split('\n').map(line => (isDisabled(line, repo) ? repo : line))
    return [{file: disabled.file, before: disabled.text, after: after.join('\n')}]
  }
  const file = `/etc/apt/sources.list.d/${filename ?? nameFor(repo)}.list`
  const before = sources.find(one => one.file === file)?.text ?? null
  const present = before === null || before === '' || before.endsWith('\n') ? (before ?? '') : `${before}\n`
  return [{file, before, after: `${present}${repo}\n`}]
}

function removed(sources: Sources, {repo}: Wanted): readonly ChangedFile[] {
  return sources
    .filter(({text}) => text.split('\n').some(line => sourceOf(line) === repo))
    .map(({file, text}) => {
      const after = text.split('\n').filter(line => sourceOf(line) !== repo)
      // A file of which nothing is left goes, but for the one that every host has.
      const isEmpty = after.every(line => line.trim() === '') && file !== '/etc/apt/sources.list'
      return {file, before: text, after: isEmpty ? null : after.join('\n')}
    })
}

function sourceOf(line: string): string {
  return tidy(line.replace(/#.*/, ''))
}

function isDisabled(line: string, repo: string): boolean {
  return /^\s*#/.test(line) && sourceOf(line.replace(/^[\s#]+/, '')) === repo
}

function write(file: string, text: string | undefined, mode: string): Shell {
  if (text === undefined) return sh`rm -f -- ${file}`
  return sh`t=$(mktemp /etc/apt/sources.list.d/.provision.XXXXXX) && printf '%s' ${text} >"$t" && { if [ -e ${file} ]; then chmod --reference=${file} "$t"; else chmod ${mode} "$t"; fi; } && mv -f -- "$t" ${file}`
}

// A source that cannot be read must not stay: the next look would take it for in order.
function update(files: readonly ChangedFile[]): Shell {
  const back = files.map(({file, before}) => write(file, before ?? undefined, '0644'))
  return sh`(${raw(aptUpdate)}) || { ${raw(
    back.reduce(
      (left, right) => sh`${raw(left)}
${raw(right)}`,
    ),
  )}; exit 100; }`
}

function nameFor(repo: string): string {
  const [uri = ''] = repo
    .replace(/\[[^\]]*\]/, '')
    .replace(/\w+:\/\//, '')
    .split(' ')
    .filter(part => part !== '' && part !== 'deb' && part !== 'deb-src')
  return uri
    .replace(/^.*@/, '')
    .replace(/[^a-zA-Z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '_')
}

function tidy(line: string): string {
  return line.trim().replace(/\s+/g, ' ')
}

function readSource(row: string): {readonly file: string; readonly text: string} {
  const [base64 = '', ...file] = row.split(' ')
  return {file: file.join(' '), text: decode(Buffer.from(base64, 'base64')) ?? ''}
}
