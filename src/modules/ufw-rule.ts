import {z} from 'zod'
import type {Change} from '../module.ts'
import {type Shell, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {text, word} from './arguments.ts'

const services: {readonly [name: string]: string} = {ssh: '22', smtp: '25', domain: '53', http: '80', https: '443'}

const port = text
  .transform(name => services[name.toLowerCase()] ?? name)
  .pipe(z.string().regex(/^\d+([:,]\d+)*$/, 'must be a port (22), a range (8000:8010) or a list (80,443)'))

/** The arguments that say what a rule is about. */
export const ruleFields = {
  rule: z.enum(['allow', 'deny', 'limit', 'reject']).optional().describe('What happens to these connections.'),
  direction: z
    .enum(['in', 'out', 'incoming', 'outgoing', 'routed'])
    .optional()
    .describe('Coming in (by default), or going out.'),
  interface: word.optional().describe('Only on this network interface.'),
  from_ip: word.optional().describe('Only from this address or network.'),
  from: word.optional().describe('Another name for from_ip.'),
  src: word.optional().describe('Another name for from_ip.'),
  from_port: port.optional().describe('Only from this port.'),
  to_ip: word.optional().describe('Only to this address or network.'),
  to: word.optional().describe('Another name for to_ip.'),
  dest: word.optional().describe('Another name for to_ip.'),
  to_port: port.optional().describe('Only to this port.'),
  port: port.optional().describe('Another name for to_port.'),
  name: word.optional().describe('Only to the ports of this profile in /etc/ufw/applications.d, such as OpenSSH.'),
  app: word.optional().describe('Another name for name.'),
  proto: z.enum(['any', 'tcp', 'udp', 'ipv6', 'esp', 'ah', 'gre', 'igmp']).optional().describe('Only this protocol.'),
}

const shape = z.object(ruleFields)

/** A rule as a task says it. */
export type WantedRule = z.infer<typeof shape> & {readonly delete: boolean; readonly comment?: string | undefined}

/** The rule on these connections that is there: its action and comment (hex), for IPv4 and IPv6; undefined when there is none. */
export type FoundRule = {readonly v4: string | undefined; readonly v6: string | undefined; readonly ipv6: boolean}

/** Asks for the rule on these connections in ufw's files, whatever its action. */
export function askRule(wanted: WantedRule): Shell {
  if (wanted.rule === undefined) return sh``
  return sh`if grep -qs '^IPV6=yes' /etc/default/ufw; then echo ipv6=yes; fi
for v in 4 6; do
if [ $v = 4 ]; then r=/etc/ufw/user.rules; k=${tuple(wanted, '0.0.0.0/0')}; else r=/etc/ufw/user6.rules; k=${tuple(wanted, '::/0')}; fi
[ ! -r $r ] || awk -v k="$k" -v v=v$v '$1 == "###" && $2 == "tuple" {t = $5; for (i = 6; i <= 10; i++) if (i <= NF && $i !~ /^comment=/) t = t " " $i
if ($11 == "-" || $10 == "-") t = $7 " " $9 " " $10 " " $12
c = $NF ~ /^comment=/ ? substr($NF, 9) : ""; if (t == k) print v "=" $4 " " c}' $r
done`
}

/** Reads what askRule asked. */
export function readRule(answer: string): FoundRule {
  const {v4, v6, ipv6} = fields(answer)
  return {v4, v6, ipv6: ipv6 === 'yes'}
}

/** At most one change, `rule`. */
export function ruleChange(found: FoundRule, wanted: WantedRule): readonly Change[] {
  if (wanted.rule === undefined) return []
  const relevant = [...(wantsV4(wanted) ? [found.v4] : []), ...(wantsV6(wanted, found) ? [found.v6] : [])]
  const before = actionOf(relevant.find(rule => rule !== undefined))
  const after = `${wanted.rule} ${describe(wanted)}`
  if (wanted.delete)
    return relevant.some(rule => actionOf(rule) === wanted.rule) ? [{what: 'rule', before: after, after: null}] : []
  return relevant.every(rule => isRight(rule, wanted))
    ? []
    : [{what: 'rule', before: before && `${before} ${describe(wanted)}`, after}]
}

/** Adds the rule, or deletes it. */
export function changeRule(wanted: WantedRule): Shell {
  const comment = wanted.comment === undefined || wanted.delete ? [] : ['comment', wanted.comment]
  return sh`ufw ${wanted.delete ? ['--force', 'delete'] : []} ${wordsOf(wanted, wanted.rule ?? '')} ${comment}`
}

/** Brings back the rule that was there; undefined for a change that shuts nobody out. */
export function restoreRule({v4, v6}: FoundRule, wanted: WantedRule): Shell | undefined {
  const before = actionOf(v4 ?? v6)
  if (!wanted.delete && wanted.rule === 'allow') return undefined
  if (before !== null) return sh`ufw ${wordsOf(wanted, before)}`
  return sh`ufw --force delete ${wordsOf(wanted, wanted.rule ?? '')}`
}

// ufw keeps each rule in a comment: action protocol port address port address direction[_interface].
function tuple(wanted: WantedRule, anywhere: string): string {
  const place = isOut(wanted) ? 'out' : 'in'
  const app = appOf(wanted)
  // Of a profile each of its ports has a rule, and its name after them; ufw writes its blanks so.
  if (app !== undefined) {
    const direction = wanted.interface === undefined ? place : `${place}_${wanted.interface}`
    const ends = [destination(wanted) ?? anywhere, source(wanted) ?? anywhere]
    return [...ends, app.replaceAll(' ', '%20'), direction].join(' ')
  }
  return [
    wanted.proto ?? 'any',
    portOf(wanted) ?? 'any',
    destination(wanted) ?? anywhere,
    wanted.from_port ?? 'any',
    source(wanted) ?? anywhere,
    wanted.interface === undefined ? place : `${place}_${wanted.interface}`,
  ].join(' ')
}

function wordsOf(wanted: WantedRule, action: string): readonly string[] {
  const on = wanted.interface === undefined ? [] : ['on', wanted.interface]
  const protocol = wanted.proto === undefined || wanted.proto === 'any' ? [] : ['proto', wanted.proto]
  const fromPort = wanted.from_port === undefined ? [] : ['port', wanted.from_port]
  const to = portOf(wanted)
  const app = appOf(wanted)
  const from = ['from', source(wanted) ?? 'any', ...fromPort]
  return [
    action,
    isOut(wanted) ? 'out' : 'in',
    ...on,
    ...protocol,
    ...from,
    'to',
    destination(wanted) ?? 'any',
    ...(to === undefined ? [] : ['port', to]),
    ...(app === undefined ? [] : ['app', app]),
  ]
}

function describe(wanted: WantedRule): string {
  return wordsOf(wanted, '').slice(1).join(' ')
}

function isRight(rule: string | undefined, wanted: WantedRule): boolean {
  const comment = rule?.split(' ')[1] ?? ''
  const hex = wanted.comment === undefined ? comment : Buffer.from(wanted.comment).toString('hex')
  return actionOf(rule) === wanted.rule && comment === hex
}

function actionOf(rule: string | undefined): string | null {
  return rule?.split(' ')[0]?.replace(/_log.*$/, '') ?? null
}

function wantsV4(wanted: WantedRule): boolean {
  return !`${source(wanted)} ${destination(wanted)}`.includes(':')
}

function wantsV6(wanted: WantedRule, {ipv6}: FoundRule): boolean {
  return ipv6 && !/\d\.\d/.test(`${source(wanted)} ${destination(wanted)}`)
}

function isOut({direction}: WantedRule): boolean {
  return direction === 'out' || direction === 'outgoing'
}

function portOf({port, to_port}: WantedRule): string | undefined {
  return to_port ?? port
}

function appOf({name, app}: WantedRule): string | undefined {
  return name ?? app
}

function source({from_ip, from, src}: WantedRule): string | undefined {
  return specific(from_ip ?? from ?? src)
}

function destination({to_ip, to, dest}: WantedRule): string | undefined {
  return specific(to_ip ?? to ?? dest)
}

function specific(address: string | undefined): string | undefined {
  return address === 'any' ? undefined : address
}
