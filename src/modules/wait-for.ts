import {type Change, hostModule, type Values} from '../module.ts'
import {sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {matchOf, probeWait, waitUntilSo} from './await-state.ts'
import {type Awaited, awaiting} from './awaited.ts'
import {waitFromOutside} from './wait-from-outside.ts'

/** wait_for: waits until a port or a file is as wanted. */
export const wait_for = hostModule<Awaited, {readonly isSo: boolean}>({
  name: 'wait_for',
  summary:
    'Waits on the host until a TCP port answers or no longer does, or a file is there; with delegate_to: localhost, as seen from where provision runs.',
  topic: 'control',
  example: {name: 'The application answers', wait_for: {port: 3000, timeout: 60}},
  schema: awaiting,
  action: true,
  // A shortcut for what is so already; whatever takes time or tells more is left to the wait itself.
  probe: wanted => (wanted.delay > 0 || wanted.search_regex !== undefined ? sh`echo so=unknown` : probeWait(wanted)),
  parse: answer => ({isSo: fields(answer).so === 'yes'}),
  plan({isSo}, wanted): readonly Change[] {
    return isSo ? [] : [{what: whatOf(wanted), before: null, after: wanted.state, unseen: true}]
  },
  apply: (_, wanted) => waitUntilSo(wanted),
  changed: () => false,
  result: (_, wanted, output) => resultOf(wanted, output?.stdout ?? ''),
  outside: async (wanted, controller) =>
    controller.check
      ? {changed: false, skipped: true, message: 'not waited for in check mode', result: {}}
      : {changed: false, ...(await waitFromOutside(wanted, controller.signal))},
})

function whatOf({path, port}: Awaited): string {
  return path ?? (port === undefined ? 'time' : `port ${port}`)
}

function resultOf({port, path, search_regex, state}: Awaited, said: string): Values {
  const asked = {state, port: port ?? null, path: path ?? null, search_regex: search_regex ?? null}
  return {...asked, elapsed: Number(fields(said).elapsed ?? 0), ...matchOf(said)}
}
