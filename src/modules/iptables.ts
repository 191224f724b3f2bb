import {z} from 'zod'
import {type Change, hostModule} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {all, fields} from './answer.ts'
import {bool, count, word, words} from './arguments.ts'
import {iptablesRule, ruleFields} from './iptables-rule.ts'

const schema = z
  .strictObject({
    table: z.enum(['filter', 'nat', 'mangle', 'raw', 'security']).default('filter').describe('The table.'),
    chain: word.optional().describe('The chain, such as INPUT.'),
    ...ruleFields,
    state: z.enum(['present', 'absent']).default('present').describe('Whether the rule is to be there.'),
    action: z.enum(['append', 'insert']).default('append').describe('Where a new rule goes: last or first.'),
    rule_num: count.optional().describe('insert: before the rule with this number.'),
    policy: z.enum(['ACCEPT', 'DROP', 'QUEUE', 'RETURN']).optional().describe("Sets the chain's policy instead."),
    flush: bool.default(false).describe('Removes all rules of the chain (or table) instead, each time.'),
    ip_version: z.enum(['ipv4', 'ipv6']).default('ipv4').describe('Which protocol.'),
    chain_management: bool
      .default(false)
      .describe('Makes the chain when it is not there; removes it with its last rule.'),
    wait: words.optional().describe('Seconds to wait for another iptables that is at work.'),
  })
  .refine(({chain, flush}) => chain !== undefined || flush, {error: 'chain is missing', path: ['chain']})

type Wanted = z.infer<typeof schema>
type State = {
  readonly rule: boolean
  readonly chain: boolean
  readonly policy: string
  readonly rules: readonly string[]
}

/** iptables: one rule, or the policy, of a chain of the firewall. */
export const iptables = hostModule<Wanted, State>({
  name: 'iptables',
  summary: 'Adds and removes rules of the firewall and sets policies, in force until the next start.',
  topic: 'system',
  example: {
    name: 'Let the web in',
    iptables: {chain: 'INPUT', protocol: 'tcp', destination_port: '443', ctstate: 'NEW', jump: 'ACCEPT'},
  },
  schema,
  probe: wanted => sh`if command -v ${commandOf(wanted)} >/dev/null; then
${raw(
  wanted.chain === undefined
    ? sh``
    : sh`if ${tool(wanted)} -S ${wanted.chain} >/dev/null 2>&1; then echo chain=yes; fi
${tool(wanted)} -S ${wanted.chain} 2>/dev/null | sed -n 's/^-P [^ ]* /policy=/p'
if ${tool(wanted)} -C ${wanted.chain} ${iptablesRule(wanted)} >/dev/null 2>&1; then echo rule=yes; fi`,
)}
${raw(wanted.flush ? sh`${tool(wanted)} -S ${wanted.chain === undefined ? [] : [wanted.chain]} 2>/dev/null | sed -n '/^-A/s/^/rules=/p'` : sh``)}
fi`,
  parse(answer) {
    const {rule, chain, policy = ''} = fields(answer)
    return {rule: rule === 'yes', chain: chain === 'yes', policy, rules: all(answer, 'rules')}
  },
  plan(state, wanted): readonly Change[] {
    const {policy, flush, chain_management} = wanted
    if (flush) return [{what: 'rules', before: state.rules, after: [], unseen: true}]
    if (policy !== undefined)
      return policy === state.policy ? [] : [{what: 'policy', before: state.policy, after: policy}]
    const rule = iptablesRule(wanted).join(' ')
    const isWanted = wanted.state === 'present'
    const chain =
      chain_management && state.chain !== isWanted ? [{what: 'chain', before: state.chain, after: isWanted}] : []
    // Without anything that a rule says, it is the chain alone that is meant.
    if (chain_management && rule === '') return chain
    if (state.rule === isWanted) return []
    const change = {what: 'rule', before: state.rule ? rule : null, after: isWanted ? rule : null}
    return isWanted ? [...chain, change] : [change]
  },
  apply(change, wanted) {
    const chain = wanted.chain === undefined ? [] : [wanted.chain]
    if (change.what === 'rules') return sh`${tool(wanted)} -F ${chain}`
    if (change.what === 'policy') return sh`${tool(wanted)} -P ${chain} ${String(change.after)}`
    if (change.what === 'chain') return sh`${tool(wanted)} ${change.after === true ? '-N' : '-X'} ${chain}`
    return change.after === null ? remove(wanted) : add(wanted)
  },
  revert(change, wanted, state): Shell | undefined {
    if (change.what === 'rules' && state.rules.length > 0) return restore(state.rules, wanted)
    if (change.what === 'policy' && wanted.policy !== 'ACCEPT')
      return sh`${tool(wanted)} -P ${wanted.chain ?? ''} ${state.policy || 'ACCEPT'}`
    if (change.what !== 'rule') return undefined
    return change.after === null ? add(wanted) : remove(wanted)
  },
})

function add(wanted: Wanted): Shell {
  const {chain = '', action, rule_num} = wanted
  const place =
    action === 'append' ? ['-A', chain] : ['-I', chain, ...(rule_num === undefined ? [] : [String(rule_num)])]
  return sh`${tool(wanted)} ${place} ${iptablesRule(wanted)}`
}

function remove(wanted: Wanted): Shell {
  return sh`${tool(wanted)} -D ${wanted.chain ?? ''} ${iptablesRule(wanted)}`
}

function restore(rules: readonly string[], wanted: Wanted): Shell {
  return sh`printf '%s\n' ${`*${wanted.table}`} ${rules} COMMIT | ${`${commandOf(wanted)}-restore`} --noflush`
}

function tool(wanted: Wanted): readonly string[] {
  return [commandOf(wanted), '-w', ...(wanted.wait ?? []), '-t', wanted.table]
}

function commandOf({ip_version}: {readonly ip_version: 'ipv4' | 'ipv6'}): string {
  return ip_version === 'ipv6' ? 'ip6tables' : 'iptables'
}
