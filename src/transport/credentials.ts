import type {AnyAuthMethod} from 'ssh2'
import {UnreachableError} from '../errors.ts'
import {fromHome} from '../home-folder.ts'
import {agentKeys, narrowAgent} from './agent.ts'
import {type KeyFile, readKeyFile} from './private-key.ts'
import type {Hop} from './transport.ts'

/** One way to prove who we are, and what it is in words: `the key /home/me/.ssh/id_ed25519`. */
type Attempt = {readonly method: AnyAuthMethod; readonly words?: string}

/** All ways to try, in order; `close` ends what they needed. */
export type Login = {readonly attempts: readonly Attempt[]; readonly close: () => void}

/** What a hop's login is made of. */
type Means = {
  readonly named: KeyFile | undefined
  readonly others: readonly KeyFile[]
  readonly socket: string
  readonly held: readonly Buffer[]
}

/**
 * Finds what may let us in, the surest first: the key that the inventory names, the password, the agent's keys that are
 * named somewhere, key files, the agent's other keys. Throws UnreachableError where the inventory's key cannot be used.
 */
export async function findLogin(hop: Hop): Promise<Login> {
  const {named, others, socket, held} = await findMeans(hop)
  const closed = [...(named ? [named] : []), ...others].filter(key => !opens(hop, key))
  const inAgent = closed.filter(key => has(held, key))
  if (named && closed.includes(named) && !inAgent.includes(named)) throw locked(hop, named)
  const narrow =
    inAgent.length > 0
      ? await narrowAgent(
          socket,
          inAgent.flatMap(key => key.publicKey ?? []),
        )
      : undefined
  const rest = held.length > inAgent.length && !hop.identitiesOnly
  const agent = {type: 'agent', username: hop.user} as const
  const attempts: readonly Attempt[] = [
    ...(named ? fileAttempt(hop, named) : []),
    ...passwordAttempts(hop),
    ...(narrow
      ? [{method: {...agent, agent: narrow.path}, words: `the agent's key ${inAgent.map(key => key.file).join(', ')}`}]
      : []),
    ...others.flatMap(key => fileAttempt(hop, key)),
    ...(rest ? [{method: {...agent, agent: socket}, words: 'the agent'}] : []),
    // Few hosts let in who proves nothing, and asking costs a round trip: it comes last.
    {method: {type: 'none', username: hop.user}},
  ]
  return {attempts, close: () => narrow?.close()}
}

/** The key files of a hop that only a passphrase opens: the agent does not have them. Unreadable ones are not among them. */
export async function lockedKeys(hop: Hop): Promise<readonly KeyFile[]> {
  const {named, others, held} = await findMeans(hop, () => undefined)
  const isOpen = (key: KeyFile) => opens(hop, key) || has(held, key)
  const must = named ? [named] : hop.identityFiles ? others : []
  if (must.length > 0) return must.filter(key => key.isPrivate && !isOpen(key))
  return hop.password !== undefined || held.length > 0 || others.some(isOpen)
    ? []
    : others.filter(key => key.isPrivate).slice(0, 1)
}

async function findMeans(hop: Hop, onBad: (error: unknown) => KeyFile | undefined = throwIt): Promise<Means> {
  const socket = hop.agent ?? process.env.SSH_AUTH_SOCK ?? ''
  const files = hop.identityFiles ?? (hop.keyFile === undefined ? usualKeys : [])
  const [named, others, held] = await Promise.all([
    hop.keyFile === undefined ? undefined : namedKey(hop, hop.keyFile).catch(onBad),
    Promise.all(files.map(file => readKeyFile(file).catch(() => undefined))),
    socket === '' ? [] : agentKeys(socket),
  ])
  const isOther = (key: KeyFile | undefined) => key !== undefined && key.file !== fromHome(hop.keyFile ?? '')
  return {named, others: others.filter(isOther).filter(key => key !== undefined), socket, held}
}

function throwIt(error: unknown): never {
  throw error
}

const usualKeys = ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa']

function opens(hop: Hop, {file, isPrivate, isEncrypted}: KeyFile): boolean {
  return isPrivate && (!isEncrypted || hop.passphrases?.has(file) === true)
}

function has(held: readonly Buffer[], {publicKey}: KeyFile): boolean {
  return publicKey !== undefined && held.some(one => one.equals(publicKey))
}

/** Keys with a passphrase that nobody gave are passed over: the agent has them, or nobody. */
function fileAttempt(hop: Hop, key: KeyFile): readonly Attempt[] {
  if (!opens(hop, key)) return []
  const {file, text, isEncrypted} = key
  const passphrase = hop.passphrases?.get(file)
  const method = {
    type: 'publickey',
    username: hop.user,
    key: text,
    ...(isEncrypted && passphrase && {passphrase}),
  } as const
  return [{method, words: `the key ${file}`}]
}

/** A password is what most hosts ask for themselves; some only by way of questions. */
function passwordAttempts({user: username, password}: Hop): readonly Attempt[] {
  if (password === undefined) return []
  return [
    {method: {type: 'password', username, password}, words: 'the password'},
    {
      method: {
        type: 'keyboard-interactive',
        username,
        prompt: (_name, _instructions, _language, prompts, finish) =>
          finish(prompts.map(({echo}) => (echo ? '' : password))),
      },
    },
  ]
}

function namedKey(hop: Hop, name: string): Promise<KeyFile> {
  return readKeyFile(name).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw unusable(hop, fromHome(name), reasons[code] ?? String(error))
  })
}

const reasons: {readonly [code: string]: string} = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
}

function unusable(hop: Hop, file: string, reason: string): UnreachableError {
  const hint = 'set ansible_ssh_private_key_file to a private key that you can read'
  return new UnreachableError(hop.host, `cannot use the private key ${file}: ${reason}`, hint)
}

function locked(hop: Hop, {file, isPrivate}: KeyFile): UnreachableError {
  if (!isPrivate) return unusable(hop, file, 'there is no private key in it')
  return new UnreachableError(
    hop.host,
    `cannot use the private key ${file}: it has a passphrase`,
    `load it into ssh-agent: ssh-add ${file}; or run on a terminal, where it is asked for`,
  )
}
