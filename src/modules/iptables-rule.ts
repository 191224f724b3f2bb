import {z} from 'zod'
import {text, word, words} from './arguments.ts'

const not = 'With ! before it, all others.'

/** The arguments of which a rule is made. */
export const ruleFields = {
  protocol: word.optional().describe(`tcp, udp, icmp and the like. ${not}`),
  source: word.optional().describe(`Address or network that packets come from. ${not}`),
  destination: word.optional().describe(`Address or network that packets go to. ${not}`),
  match: words.default([]).describe('Extensions of iptables that the rule uses.'),
  jump: word.optional().describe('What happens to a packet: ACCEPT, DROP, REJECT, a chain.'),
  goto: word.optional().describe('Chain that packets go to without coming back.'),
  in_interface: word.optional().describe(`Interface that packets come in by. ${not}`),
  out_interface: word.optional().describe(`Interface that packets go out by. ${not}`),
  source_port: word.optional().describe('Port, or first:last.'),
  destination_port: word.optional().describe('Port, or first:last.'),
  destination_ports: words.default([]).describe('Several ports; needs protocol.'),
  to_destination: word.optional().describe('DNAT: the new address.'),
  to_source: word.optional().describe('SNAT: the new address.'),
  to_ports: word.optional().describe('REDIRECT: the new port.'),
  syn: z
    .enum(['ignore', 'match', 'negate'])
    .default('ignore')
    .describe('Only packets that open a connection, or only others.'),
  ctstate: words.default([]).describe('States of the connection: NEW, ESTABLISHED, RELATED, INVALID.'),
  limit: word.optional().describe('At most so many packets, such as 2/second.'),
  limit_burst: word.optional().describe('How many packets before limit counts.'),
  uid_owner: word.optional().describe(`User whose packets they are. ${not}`),
  gid_owner: word.optional().describe(`Group whose packets they are. ${not}`),
  reject_with: word.optional().describe('REJECT: what the sender is told.'),
  icmp_type: word.optional().describe('Kind of ICMP packet.'),
  log_prefix: text.optional().describe('LOG: how the line begins.'),
  log_level: word.optional().describe('LOG: how grave it is.'),
  comment: text.optional().describe('A comment.'),
}

const shape = z.strictObject(ruleFields)

/** The words of iptables that say the rule. */
export function iptablesRule(rule: z.infer<typeof shape>): readonly string[] {
  const {match, ctstate, destination_ports, syn, limit, limit_burst, uid_owner, gid_owner, reject_with, comment} = rule
  return [
    ...option('-p', rule.protocol),
    ...option('-s', rule.source),
    ...option('-d', rule.destination),
    ...match.flatMap(one => ['-m', one]),
    ...option('-i', rule.in_interface),
    ...option('-o', rule.out_interface),
    ...option('--source-port', rule.source_port),
    ...option('--destination-port', rule.destination_port),
    ...extension('multiport', match, option('--dports', destination_ports.join(',') || undefined)),
    ...{ignore: [], match: ['--syn'], negate: ['!', '--syn']}[syn],
    ...(match.includes('state')
      ? option('--state', ctstate.join(',') || undefined)
      : extension('conntrack', match, option('--ctstate', ctstate.join(',') || undefined))),
    ...extension('limit', match, [...option('--limit', limit), ...option('--limit-burst', limit_burst)]),
    ...extension('owner', match, [...option('--uid-owner', uid_owner), ...option('--gid-owner', gid_owner)]),
    ...option('--icmp-type', rule.icmp_type),
    ...extension('comment', match, option('--comment', comment)),
    ...option('-j', rule.jump ?? (reject_with === undefined ? undefined : 'REJECT')),
    ...option('-g', rule.goto),
    ...option('--log-prefix', rule.log_prefix),
    ...option('--log-level', rule.log_level),
    ...option('--to-destination', rule.to_destination),
    ...option('--to-source', rule.to_source),
    ...option('--to-ports', rule.to_ports),
    ...option('--reject-with', reject_with),
  ]
}

function option(name: string, value: string | undefined): readonly string[] {
  if (value === undefined) return []
  return value.startsWith('!') ? ['!', name, value.slice(1).trim()] : [name, value]
}

function extension(name: string, match: readonly string[], options: readonly string[]): readonly string[] {
  return options.length === 0 || match.includes(name) ? options : ['-m', name, ...options]
}
