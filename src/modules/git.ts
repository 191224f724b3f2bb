import {z} from 'zod'
import {TaskError} from '../errors.ts'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {bool, count, path, text, word} from './arguments.ts'

const schema = z.strictObject({
  repo: word.describe('URL of the repository, or its path on the host.'),
  dest: path.describe('The directory of the working copy.'),
  version: text.default('HEAD').describe('Branch, tag or commit.'),
  remote: word.default('origin').describe('What the working copy calls the repository.'),
  update: bool.default(true).describe('With false, a working copy that is there stays as it is.'),
  clone: bool.default(true).describe('With false, one that is not there is not made.'),
  force: bool
    .default(false)
    .describe('Throws away what was changed in files that git knows; without it that is a failure.'),
  depth: count.optional().describe('How many commits of the history to fetch.'),
  single_branch: bool.default(false).describe('Clones only the branch of version.'),
  recursive: bool.default(true).describe('Brings submodules along.'),
  key_file: path.optional().describe('Private key on the host for a repository over SSH.'),
  accept_newhostkey: bool.default(false).describe('Trusts a host key that was never seen before.'),
})

type Wanted = z.infer<typeof schema>
type State = {
  /** The commit that is checked out; empty when there is none. */
  readonly head: string
  readonly url: string
  readonly modified: readonly string[]
  /** Commits of the repository by the full name of branch or tag. */
  readonly refs: {readonly [name: string]: string}
  readonly problem: string | undefined
}

/** git: a working copy of a repository. */
export const git = hostModule<Wanted, State>({
  name: 'git',
  summary: 'Clones a repository, and brings its working copy to a branch, tag or commit.',
  topic: 'files',
  example: {
    name: 'Check the application out',
    git: {repo: 'https://example.com/app.git', dest: '/srv/app', version: 'v1.2'},
  },
  schema,
  aliases: {name: 'repo'},
  refused: {
    accept_hostkey: 'use accept_newhostkey, or known_hosts before',
    ssh_opts: 'use key_file, or ~/.ssh/config',
    bare: 'use command with git clone --bare, and creates',
    executable: 'leave it out: git is found by PATH',
    verify_commit: 'use command with git verify-commit',
    umask: 'use file with mode and recurse',
    track_submodules: 'leave it out: submodules stay as the repository says',
    refspec: 'use version',
    reference: 'leave it out',
    archive: 'use command with git archive, and creates',
  },
  slow: true,
  probe: wanted => sh`if command -v git >/dev/null; then (
${raw(environment(wanted))}
if [ -e ${wanted.dest}/.git ]; then cd ${wanted.dest} || exit
printf 'head=%s\\nurl=%s\\n' "$(git rev-parse -q --verify HEAD)" "$(git config ${`remote.${wanted.remote}.url`})"
git status --porcelain --untracked-files=no --ignore-submodules | sed 's/^/modified=/'; cd /; fi
r=$(git ls-remote -- ${wanted.repo} HEAD ${[`refs/heads/${wanted.version}`, `refs/tags/${wanted.version}`, `refs/tags/${wanted.version}^{}`]} 2>&1) && printf '%s\\n' "$r" | sed -n 's/^\\([0-9a-f]\\{40,\\}\\)	/ref=\\1 /p' || printf 'problem=%s\\n' "$(printf '%s' "$r" | tr '\\n' ' ')"
); fi`,
  parse: answer => ({
    head: fields(answer).head ?? '',
    url: fields(answer).url ?? '',
    modified: all(answer, 'modified'),
    refs: Object.fromEntries(all(answer, 'ref').map(row => row.split(' ').toReversed())),
    problem: fields(answer).problem,
  }),
  plan(state, wanted): readonly Change[] {
    const {head, url, modified} = state
    if (head === '' ? !wanted.clone : !wanted.update) return []
    if (state.problem !== undefined) throw new TaskError({message: `git cannot read ${wanted.repo}: ${state.problem}`})
    if (modified.length > 0 && !wanted.force)
      throw new TaskError({
        message: `Files in ${wanted.dest} were changed by hand: ${modified.join(', ')}`,
        hint: 'With force: true the changes are thrown away.',
      })
    const after = targetOf(state, wanted)
    return [
      ...(head !== '' && url !== wanted.repo ? [{what: 'url', before: url, after: wanted.repo}] : []),
      ...(modified.length > 0 ? [{what: 'local changes', before: modified, after: []}] : []),
      ...(isAt(head, after) ? [] : [{what: 'version', before: head || null, after}]),
    ]
  },
  apply(change, wanted, state) {
    if (change.what === 'url') return inCopy(wanted, sh`git remote set-url ${wanted.remote} ${wanted.repo}`)
    if (change.what === 'local changes') return inCopy(wanted, sh`git reset -q --hard HEAD`)
    return state.head === ''
      ? clone(wanted, state)
      : inCopy(wanted, sh`${raw(fetch(wanted, state))} && ${raw(checkout(wanted, state))}`)
  },
  result: ({head}) => ({after: head}),
})

/** The wanted commit: that of the branch, else of the tag, else the version itself. */
function targetOf({refs, head}: State, {version, repo}: Wanted): string {
  const found =
    version === 'HEAD'
      ? refs.HEAD
      : (refs[`refs/heads/${version}`] ?? refs[`refs/tags/${version}^{}`] ?? refs[`refs/tags/${version}`])
  // Before git is installed, nothing is known of the repository.
  const isUnknown = Object.keys(refs).length === 0 && head === ''
  if (found === undefined && !isUnknown && !/^[0-9a-f]{7,}$/.test(version))
    throw new TaskError({message: `${repo} has no branch, tag or commit ${version}`})
  return found ?? version
}

function isAt(head: string, target: string): boolean {
  return head !== '' && head.startsWith(target)
}

function clone(wanted: Wanted, state: State): Shell {
  const {repo, dest, remote, depth, single_branch, version, recursive} = wanted
  const isNamed = kindOf(state, wanted) === 'branch' || kindOf(state, wanted) === 'tag'
  const options = [
    ...(depth === undefined ? [] : ['--depth', String(depth)]),
    ...(single_branch ? ['--single-branch'] : []),
    ...(isNamed ? ['--branch', version] : []),
    ...(recursive ? ['--recursive'] : []),
  ]
  const then =
    kindOf(state, wanted) === 'commit'
      ? sh` && cd ${dest} && { ${raw(fetch(wanted, state))} && ${raw(checkout(wanted, state))}; }`
      : sh``
  return sh`(${raw(environment(wanted))}
mkdir -p -- "$(dirname -- ${dest})" && git clone -q ${options} --origin ${remote} -- ${repo} ${dest}${raw(then)})`
}

function fetch({remote, depth, version, ...wanted}: Wanted, state: State): Shell {
  const shallow = depth === undefined ? [] : ['--depth', String(depth)]
  const kind = kindOf(state, {...wanted, version})
  if (kind === 'branch')
    return sh`git fetch -q --force ${shallow} ${remote} ${`+refs/heads/${version}:refs/remotes/${remote}/${version}`}`
  if (kind === 'tag')
    return sh`git fetch -q --force ${shallow} ${remote} ${`+refs/tags/${version}:refs/tags/${version}`}`
  if (kind === 'head')
    return sh`git fetch -q --force ${shallow} ${remote} && git remote set-head ${remote} -a >/dev/null`
  return sh`{ git cat-file -e ${`${version}^{commit}`} 2>/dev/null || git fetch -q --force --tags ${shallow} ${remote} ${depth === undefined ? [] : [version]}; }`
}

function checkout(wanted: Wanted, state: State): Shell {
  const {remote, version, recursive} = wanted
  const submodules = recursive ? sh` && git submodule -q update --init --recursive` : sh``
  const kind = kindOf(state, wanted)
  if (kind === 'head')
    return sh`b=$(git symbolic-ref --short ${`refs/remotes/${remote}/HEAD`}) && b=\${b#${remote}/} && git checkout -q -B "$b" ${`${remote}/`}"$b"${raw(submodules)}`
  if (kind === 'branch')
    return sh`git checkout -q -B ${version} ${`refs/remotes/${remote}/${version}`}${raw(submodules)}`
  return sh`git checkout -q --detach ${kind === 'tag' ? `refs/tags/${version}` : version}${raw(submodules)}`
}

function kindOf({refs}: State, {version}: {readonly version: string}): 'head' | 'branch' | 'tag' | 'commit' {
  if (version === 'HEAD') return 'head'
  if (refs[`refs/heads/${version}`] !== undefined) return 'branch'
  return refs[`refs/tags/${version}`] === undefined ? 'commit' : 'tag'
}

function inCopy(wanted: Wanted, command: Shell): Shell {
  return sh`(${raw(environment(wanted))}
cd ${wanted.dest} && ${raw(command)})`
}

// Never asks for a password; a working copy of another user is taken as it is.
function environment({key_file, accept_newhostkey}: Wanted): Shell {
  const ssh = [
    'ssh',
    '-o',
    'BatchMode=yes',
    ...(key_file === undefined ? [] : ['-o', 'IdentitiesOnly=yes', '-i', key_file]),
    ...(accept_newhostkey ? ['-o', 'StrictHostKeyChecking=accept-new'] : []),
  ]
  return sh`export GIT_TERMINAL_PROMPT=0 GIT_SSH_COMMAND=${sh`${ssh}`} GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'`
}
