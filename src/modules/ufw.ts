import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {fields} from './answer.ts'
import {bool, oneOf} from './arguments.ts'
import {askRule, changeRule, type FoundRule, readRule, restoreRule, ruleChange, ruleFields} from './ufw-rule.ts'

const policy = z.enum(['allow', 'deny', 'reject'])

const schema = z
  .strictObject({
    state: z
      .enum(['enabled', 'disabled', 'reloaded', 'reset'])
      .optional()
      .describe('Whether the firewall is on; reloaded and reset happen each time.'),
    policy: policy.optional().describe('What happens to connections that no rule is about.'),
    default: policy.optional().describe('Another name for policy.'),
    logging: z
      .enum(['on', 'off', 'low', 'medium', 'high', 'full'])
      .optional()
      .describe('How much is logged; on is low.'),
    ...ruleFields,
    delete: bool.default(false).describe('Removes the rule.'),
    comment: z
      .string()
      .regex(/^[^']*$/, "must not contain ': ufw refuses it")
      .optional()
      .describe('What the rule is for.'),
  })
  .refine(oneOf('state', 'policy', 'default', 'logging', 'rule'), 'state, policy, logging or rule is missing')
  .refine(
    args => args.rule !== undefined || !oneOf('port', 'to_port', 'from_ip', 'from', 'proto', 'name', 'app')(args),
    {
      error: 'rule is missing',
      path: ['rule'],
    },
  )

type Wanted = z.infer<typeof schema>
type State = {readonly enabled: boolean; readonly policy: string; readonly logging: string; readonly rule: FoundRule}

/** ufw: the host's firewall. */
export const ufw = hostModule<Wanted, State>({
  name: 'ufw',
  summary: "Turns the host's firewall on and off, and sets its policies and rules.",
  topic: 'system',
  example: {name: 'SSH may come in', ufw: {rule: 'allow', port: '22', proto: 'tcp'}},
  schema,
  // `ufw status` starts Python: its files are read instead. Each task asks only what it is about, so that a task's
  // answer is not moved by another one. On is what is both configured and in force.
  probe: wanted => sh`c=/etc/ufw/ufw.conf
if grep -qs '^ENABLED=yes' $c; then e=yes
for j in 'INPUT -j ufw-before-input' 'ufw-before-input -j ufw-user-input'; do iptables -C $j >/dev/null 2>&1 || e=broken; done
echo enabled=$e; fi
${raw(wanted.logging === undefined ? sh`` : sh`sed -n 's/^LOGLEVEL=/logging=/p' $c 2>/dev/null`)}
${raw(policyOf(wanted) === undefined ? sh`` : sh`sed -n 's/^DEFAULT_'${chain(wanted)}'_POLICY=/policy=/p' /etc/default/ufw 2>/dev/null | tr -d '"'`)}
${raw(askRule(wanted))}`,
  parse(answer) {
    const {enabled, policy = '', logging = ''} = fields(answer)
    return {enabled: enabled === 'yes', policy: policies[policy] ?? '', logging, rule: readRule(answer)}
  },
  plan(state, wanted): readonly Change[] {
    const {logging} = wanted
    const policy = policyOf(wanted)
    const level = logging === 'on' ? 'low' : logging
    return [
      ...(wanted.state === 'disabled' || wanted.state === 'reset' ? stateChange(state, wanted) : []),
      ...(policy === undefined || policy === state.policy
        ? []
        : [{what: 'policy', before: state.policy, after: policy}]),
      ...(level === undefined || level === state.logging
        ? []
        : [{what: 'logging', before: state.logging, after: level}]),
      ...ruleChange(state.rule, wanted),
      ...(wanted.state === 'enabled' || wanted.state === 'reloaded' ? stateChange(state, wanted) : []),
    ]
  },
  apply(change, wanted) {
    if (change.what === 'policy') return sh`ufw default ${String(change.after)} ${directionOf(wanted)}`
    if (change.what === 'logging') return sh`ufw logging ${String(change.after)}`
    if (change.what === 'rule') return changeRule(wanted)
    return states[String(change.after)] ?? sh`ufw reload`
  },
  revert(change, wanted, state): Shell | undefined {
    if (change.what === 'policy' && change.after !== 'allow')
      return sh`ufw default ${state.policy || 'allow'} ${directionOf(wanted)}`
    if (change.what === 'rule') return restoreRule(state.rule, wanted)
    return change.what === 'state' && ['enabled', 'reloaded'].includes(String(change.after))
      ? sh`ufw disable`
      : undefined
  },
})

const states: {readonly [state: string]: Shell} = {
  enabled: sh`${raw(clearRemains())}
if grep -qs '^ENABLED=yes' /etc/ufw/ufw.conf; then ufw disable; fi; ufw --force enable`,
  disabled: sh`ufw disable`,
  reset: sh`ufw --force reset`,
}

const policies: {readonly [policy: string]: string} = {ACCEPT: 'allow', DROP: 'deny', REJECT: 'reject'}

function stateChange({enabled}: State, {state}: Wanted): readonly Change[] {
  if (state === undefined) return []
  const before = enabled ? 'enabled' : 'disabled'
  if (state === 'reloaded' || state === 'reset') return [{what: 'state', before, after: state, unseen: true}]
  return state === before ? [] : [{what: 'state', before, after: state}]
}

function chain(wanted: Wanted): string {
  return {incoming: 'INPUT', outgoing: 'OUTPUT', routed: 'FORWARD'}[directionOf(wanted)]
}

function directionOf({direction}: Wanted): 'incoming' | 'outgoing' | 'routed' {
  if (direction === 'routed') return 'routed'
  return direction === 'out' || direction === 'outgoing' ? 'outgoing' : 'incoming'
}

function policyOf(wanted: Wanted): 'allow' | 'deny' | 'reject' | undefined {
  return wanted.policy ?? wanted.default
}

// After `iptables -F` ufw's chains are there, but nothing leads to them; ufw would then only set the policy, and so shut
// everybody out. Its chains are removed, so that it makes them anew; those of others, such as Docker, are left alone.
function clearRemains(): Shell {
  return sh`for t in iptables ip6tables; do
p=ufw; [ $t = iptables ] || p=ufw6
if $t -n -L $p-before-input >/dev/null 2>&1 && ! $t -C INPUT -j $p-before-input >/dev/null 2>&1; then
$t -P INPUT ACCEPT
$t -S | awk '$1 == "-A" && / -j ufw6?-/ {$1 = "-D"; print}' | while read -r r; do $t $r; done
c=$($t -S | awk '$1 == "-N" && $2 ~ /^ufw6?-/ {print $2}')
for n in $c; do $t -F "$n"; done; for n in $c; do $t -X "$n"; done
fi; done`
}
