import type {Change} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'

/** A systemd unit. `file` is its UnitFileState: enabled, disabled, static, masked...; empty strings when there is no such unit. */
export type UnitState = {
  readonly load: string
  readonly active: string
  readonly file: string
  readonly needsReload: boolean
}

/** What service and systemd can ask of a unit. */
export type WantedUnit = {
  readonly name?: string | undefined
  readonly state?: 'started' | 'stopped' | 'restarted' | 'reloaded' | undefined
  readonly enabled?: boolean | undefined
  readonly masked?: boolean | undefined
  readonly force?: boolean | undefined
  readonly daemon_reload?: boolean | undefined
}

/** Asks systemd about a unit, or about all when only a daemon reload is wanted; a host without systemd answers nothing. */
export function askUnit({name, daemon_reload}: WantedUnit): Shell {
  const unit =
    name === undefined
      ? sh``
      : sh`systemctl show -p LoadState -p ActiveState -p UnitFileState -p NeedDaemonReload -- ${name} 2>/dev/null`
  const reload = daemon_reload
    ? sh`systemctl show -p NeedDaemonReload '*' 2>/dev/null | grep -x -m 1 NeedDaemonReload=yes`
    : sh``
  return sh`if command -v systemctl >/dev/null; then :
${raw(unit)}
${raw(reload)}
fi`
}

/** Reads what askUnit asked. */
export function readUnit(answer: string): UnitState {
  const {LoadState: load = '', ActiveState: active = '', UnitFileState: file = ''} = fields(answer)
  return {load, active, file, needsReload: all(answer, 'NeedDaemonReload').includes('yes')}
}

/** What differs between a unit and what is wanted, in the order in which it is to be put right. */
export function unitChanges(unit: UnitState, wanted: WantedUnit): readonly Change[] {
  const {masked, enabled, daemon_reload} = wanted
  const isMasked = unit.file.startsWith('masked') || unit.load === 'masked'
  const changes: Change[] = []
  if (daemon_reload && unit.needsReload) changes.push({what: 'daemon_reload', before: 'needed', after: 'done'})
  if (masked !== undefined && masked !== isMasked) changes.push({what: 'masked', before: isMasked, after: masked})
  if (enabled !== undefined && enabled !== isEnabled(unit, enabled))
    changes.push({what: 'enabled', before: !enabled, after: enabled})
  return [...changes, ...stateChange(unit, wanted)]
}

/** Makes a change of a unit true; a unit that does not come up shows the end of its journal. */
export function applyUnit(change: Change, {name = '', force = false}: WantedUnit): Shell {
  if (change.what === 'daemon_reload') return sh`systemctl daemon-reload`
  if (change.what === 'masked') return sh`systemctl ${change.after === true ? 'mask' : 'unmask'} -- ${name}`
  if (change.what === 'enabled')
    return sh`systemctl ${change.after === true ? ['enable', ...(force ? ['--force'] : [])] : ['disable']} -- ${name}`
  const verb = verbs[String(change.after)] ?? 'start'
  return sh`systemctl ${verb} -- ${name} || { rc=$?; journalctl -q --no-pager -n 10 -o cat -u ${name} >&2; exit $rc; }`
}

const verbs: {readonly [state: string]: string} = {
  started: 'start',
  stopped: 'stop',
  restarted: 'restart',
  reloaded: 'reload-or-restart',
}

function stateChange({load, active}: UnitState, {state}: WantedUnit): readonly Change[] {
  if (state === undefined) return []
  const running = ['active', 'activating', 'reloading'].includes(active)
  const before =
    load === '' || load === 'not-found' ? 'absent' : running ? 'started' : active === 'failed' ? 'failed' : 'stopped'
  if (state === 'restarted' || state === 'reloaded') return [{what: 'state', before, after: state, unseen: true}]
  if (state === 'started') return running ? [] : [{what: 'state', before, after: state}]
  return before === 'started' || before === 'absent' ? [{what: 'state', before, after: state}] : []
}

// Units without an [Install] section can be neither enabled nor disabled: whatever is wanted is true.
function isEnabled({file}: UnitState, wanted: boolean): boolean {
  if (['static', 'indirect', 'generated', 'alias', 'transient'].includes(file)) return wanted
  return file === 'enabled' || file === 'enabled-runtime' || file === 'linked'
}
