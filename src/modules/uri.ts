import {TaskError} from '../errors.ts'
import {type Change, type Controller, hostModule, type Outcome, type Values} from '../module.ts'
import {fields} from './answer.ts'
import {reasonOf} from './connect-to.ts'
import {type Asked, bodyOf, headersOf, httpArguments} from './http-arguments.ts'
import {askFromHost, readHttp} from './http-from-host.ts'
import {send} from './http-request.ts'
import {type Answered, httpResult, refusal} from './http-result.ts'
import {askRun, type RunState, readRun} from './running.ts'

/** uri: asks a web server. */
export const uri = hostModule<Asked, RunState>({
  name: 'uri',
  summary:
    'Asks a web server from the host, and checks the status of its answer; with delegate_to: localhost, from where provision runs.',
  topic: 'control',
  example: {name: 'The application is well', uri: {url: 'http://localhost:3000/health', status_code: 200}},
  schema: httpArguments,
  aliases: {user: 'url_username', password: 'url_password'},
  refused: {
    src: "use body: \"{{ lookup('file', 'FILE') }}\"",
    remote_src: "use body: \"{{ lookup('file', 'FILE') }}\"",
    ciphers: 'leave it out: those of the host are used',
    decompress: 'leave it out: nothing compressed is asked for',
    force: 'leave it out: it is asked each time',
    unredirected_headers: 'use headers',
    use_netrc: 'use url_username and url_password',
  },
  action: true,
  probe: ({creates, removes}) => askRun({creates, removes, stdin_add_newline: true}),
  parse: (answer, {creates, removes}) => readRun(answer, {creates, removes, stdin_add_newline: true}),
  plan({run}, {method, url}): readonly Change[] {
    return run ? [{what: method, before: null, after: url, unseen: true}] : []
  },
  apply: (_, wanted) => askFromHost(wanted),
  changed: ({stdout}, {dest}) => dest !== undefined && fields(stdout).changed === 'yes',
  result: ({run, reason}, wanted, output) => (output ? resultOf(wanted, output.stdout) : run ? {} : {stdout: reason}),
  outside: async (wanted, controller) => {
    if (controller.check) return {changed: false, skipped: true, message: 'not asked in check mode', result: {}}
    refuseHostOnly(wanted)
    return outcome(wanted, await ask(wanted, controller))
  },
})

function resultOf(wanted: Asked, said: string): Values {
  const {path} = fields(said.slice(0, said.indexOf('\n\n')))
  return {...httpResult(wanted, readHttp(said, wanted)), ...(path !== undefined && {path})}
}

function refuseHostOnly(wanted: Asked): void {
  const words = ['dest', 'creates', 'removes', 'ca_path', 'client_cert', 'client_key', 'unix_socket'] as const
  const word = words.find(one => wanted[one] !== undefined)
  if (word !== undefined)
    throw new TaskError({message: `${word} is for tasks on the host itself`, hint: 'Leave delegate_to out.'})
}

async function ask(wanted: Asked, controller: Controller): Promise<Answered> {
  const {url, method, timeout, url_username, url_password = ''} = wanted
  const login = Buffer.from(`${url_username}:${url_password}`).toString('base64')
  const begun = Date.now()
  const elapsed = () => Math.floor((Date.now() - begun) / 1000)
  try {
    const answer = await send({
      url,
      method,
      headers: {...(url_username !== undefined && {authorization: `Basic ${login}`}), ...headersOf(wanted)},
      body: bodyOf(wanted),
      validateCertificates: wanted.validate_certs,
      connectTo: wanted.connect_to,
      follow: wanted.follow_redirects,
      signal: AbortSignal.any([controller.signal, AbortSignal.timeout(timeout * 1000)]),
    })
    return {...answer, body: answer.body.toString('utf8'), elapsed: elapsed()}
  } catch (error) {
    return {url, status: -1, reason: reasonOf(error), headers: [], body: '', redirected: false, elapsed: elapsed()}
  }
}

function outcome(wanted: Asked, answered: Answered): Outcome {
  const message = refusal(wanted, answered)
  const said = answered.body === '' ? {} : {stdout: answered.body.slice(0, 2000)}
  return {
    changed: false,
    result: httpResult(wanted, answered),
    ...(message !== undefined && {failure: {message, ...said}}),
  }
}
