import {existsSync} from 'node:fs'
import {userInfo} from 'node:os'
import {fromHome} from '../../home-folder.ts'
import type {Values} from '../../module.ts'
import type {Ask} from '../../wizard/question.ts'

/** A host's name in the inventory, and its connection variables. */
export type HostWay = {readonly name: string; readonly way: Values}

/** Asks where the host is and how to log in. */
export async function askHost(ask: Ask): Promise<HostWay> {
  const text = (key: string, message: string, fallback: string, isWrong?: (text: string) => string | undefined) =>
    ask({key: `host.${key}`, message, kind: 'text', fallback, ...(isWrong && {isWrong})})
  const name = await text('name', 'Your name for the host, in the inventory', 'chat1', wrongName)
  const address = await text(
    'address',
    'Where SSH finds it: an address, a name, or a Host of ~/.ssh/config',
    '',
    lacking,
  )
  const port = Number(await text('port', 'Port of SSH', '22', wrongPort))
  const user = await text('user', 'Who logs in: root, or a user who may use sudo', userInfo().username, lacking)
  const login = await ask({
    key: 'host.login',
    message: 'How to log in',
    kind: 'choice',
    choices: logins,
    fallback: 'usual',
  })
  const way = {ansible_host: address, ...(port !== 22 && {ansible_port: port}), ansible_user: user}
  if (login === 'key')
    return {
      name,
      way: {...way, ansible_ssh_private_key_file: await text('key', 'Its file', '~/.ssh/id_ed25519', noFile)},
    }
  if (login === 'password')
    return {
      name,
      way: {...way, ansible_password: await ask({key: 'host.password', message: 'Password', kind: 'secret'})},
    }
  return {name, way}
}

const logins = [
  {value: 'usual', name: 'as ssh does by itself: its agent, its usual keys, ~/.ssh/config'},
  {value: 'key', name: 'with a key in a file'},
  {value: 'password', name: 'with a password, which is sealed'},
]

function wrongName(text: string): string | undefined {
  return /^[A-Za-z][\w.-]*$/.test(text) ? undefined : 'a letter, and then letters, digits, dots, _ and -'
}

function wrongPort(text: string): string | undefined {
  const isPort = /^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65_536
  return isPort ? undefined : 'a whole number from 1 to 65535'
}

function lacking(text: string): string | undefined {
  return /^\S+$/.test(text) ? undefined : 'one word is needed here'
}

function noFile(text: string): string | undefined {
  return existsSync(fromHome(text)) ? undefined : `there is no ${text}`
}
