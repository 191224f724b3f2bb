import type {Values} from '../module.ts'
import {raw, type Shell, sh} from '../shell/shell.ts'
import {rows} from './answer.ts'
import type {Awaited} from './awaited.ts'

/** Says `so=yes` or `so=no` of this moment. */
export function probeWait(wanted: Awaited): Shell {
  return sh`${raw(asking({...wanted, connect_timeout: 1}))}
if so 1; then echo so=yes; else echo so=no; fi`
}

/** Waits until it is so; says how long it took (`elapsed=`) and what the expression found. */
export function waitUntilSo(wanted: Awaited): Shell {
  const {delay, sleep, timeout, port, path} = wanted
  if (port === undefined && path === undefined) return sh`sleep ${delay + timeout}; echo elapsed=${delay + timeout}`
  return sh`${raw(asking(wanted))}
begun=$(date +%s); sleep ${delay}
until left=$((begun + ${timeout} - $(date +%s))); [ $left -gt 0 ] && so $left; do
[ $left -gt 0 ] || { echo elapsed=$(($(date +%s) - begun)); printf '%s\n' ${inVain(wanted)} >&2; exit 1; }
sleep ${sleep}
done
echo elapsed=$(($(date +%s) - begun))`
}

/** What people are told when the time is over. */
export function inVain({host, port, path, state, timeout, search_regex, msg}: Awaited): string {
  if (msg !== undefined) return msg
  const what = path ?? `port ${port} of ${host}`
  const said =
    search_regex === undefined ? '' : path === undefined ? ` and says ${search_regex}` : ` with ${search_regex}`
  const wish = path === undefined ? `answers${said}` : `is there${said}`
  const not = path === undefined ? 'no longer answers' : 'is gone'
  const end = state === 'drained' ? 'has no connections' : ['started', 'present'].includes(state) ? wish : not
  return `Waited ${timeout} seconds in vain until ${what} ${end}`
}

/** What search_regex found, with Ansible's names. */
export function matchOf(said: string): Values {
  const found = rows(said).flatMap(row => [...row.matchAll(/^group (\S*) ([0-9a-f]*|-)$/g)])
  const groups = found.filter(([, name]) => name === '')
  const named = found.filter(([, name]) => name !== '')
  return {
    match_groups: groups.map(([, , hex = '-']) => decoded(hex)),
    match_groupdict: Object.fromEntries(named.map(([, name = '', hex = '-']) => [name, decoded(hex)])),
  }
}

function decoded(hex: string): string | null {
  return hex === '-' ? null : Buffer.from(hex, 'hex').toString()
}

/** Defines `so SECONDS`, which succeeds when it is so, and may take that long. */
function asking(wanted: Awaited): Shell {
  const {path, host, port = 0, state, search_regex, connect_timeout} = wanted
  const not = state === 'stopped' || state === 'absent' ? sh`! ` : sh``
  if (state === 'drained') return sh`so() { ${raw(isDrained(wanted))}; }`
  const expected = not === '' ? search_regex : undefined
  if (path !== undefined && expected !== undefined)
    return sh`${raw(needPerl)}
so() { [ -e ${path} ] && perl -e ${match} ${expected} <${path}; }`
  if (path !== undefined) return sh`so() { ${raw(not)}[ -e ${path} ]; }`
  if (expected !== undefined)
    return sh`${raw(needPerl)}
so() { perl -e ${hear} ${host} ${port} ${connect_timeout} "$1" ${expected}; }`
  return sh`so() { s=$1; [ "$s" -le ${connect_timeout} ] || s=${connect_timeout}
if command -v perl >/dev/null; then ${raw(not)}perl -e ${hear} ${host} ${port} "$s" "$1"
elif command -v bash >/dev/null; then ${raw(not)}timeout "$s" bash -c 'exec 3<>"/dev/tcp/$0/$1"' ${host} ${port} 2>/dev/null
else echo 'There is neither perl nor bash on this host, which could try the port' >&2; exit 1; fi; }`
}

const needPerl = sh`command -v perl >/dev/null || { echo 'search_regex needs perl on this host' >&2; exit 1; }`

function isDrained({host, port = 0, exclude_hosts = [], active_connection_states: states}: Awaited): Shell {
  return sh`perl -e ${connected} ${host} ${port} ${states.map(state => numbers.get(state) ?? '')} -- ${exclude_hosts}`
}

// As /proc/net/tcp numbers them.
const numbers = new Map([
  ['ESTABLISHED', '01'],
  ['SYN_SENT', '02'],
  ['SYN_RECV', '03'],
  ['FIN_WAIT1', '04'],
  ['FIN_WAIT2', '05'],
  ['TIME_WAIT', '06'],
])

const sayGroups = `print "group  ", (defined $-[$_] ? unpack "H*", substr $d, $-[$_], $+[$_] - $-[$_] : "-"), "\\n" for 1 .. $#+;
print "group $_ ", (defined $+{$_} ? unpack "H*", $+{$_} : "-"), "\\n" for keys %-;`

const match = `my ($re) = @ARGV; my $d = do { local $/; <STDIN> }; $d =~ /$re/m or exit 1; ${sayGroups}`

const hear = `use IO::Socket::IP; my ($host, $port, $try, $left, $re) = @ARGV; $SIG{ALRM} = sub { exit 1 };
my $s = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port, Type => SOCK_STREAM, Timeout => $try) or exit 1;
exit 0 unless defined $re;
alarm $left; my $d = "";
while (sysread $s, $d, 1024, length $d) { next unless $d =~ /$re/m; ${sayGroups} exit 0 }
exit 1`

const connected = `use Socket qw(:all); my ($host, $port, @more) = @ARGV; my (@states, @others);
push @states, shift @more while @more && $more[0] ne "--"; shift @more;
sub addresses { my ($error, @all) = getaddrinfo($_[0], "", {socktype => SOCK_STREAM});
  map { $_->{family} == AF_INET6 ? (unpack_sockaddr_in6 $_->{addr})[1] : "\\0" x 10 . "\\xff\\xff" . (unpack_sockaddr_in $_->{addr})[1] } @all }
my %mine = map { $_ => 1 } addresses($host); my %other = map { $_ => 1 } map { addresses($_) } @more;
my $any = $host eq "0.0.0.0" || $host eq "::"; my %counts = map { $_ => 1 } @states;
for my $file ("/proc/net/tcp", "/proc/net/tcp6") { open my $in, "<", $file or next; <$in>;
  while (<$in>) { my (undef, $local, $remote, $state) = split; next unless $counts{$state};
    my ($from, $to) = map { my ($ip, $p) = split /:/; my $b = pack "L*", map hex, unpack "(A8)*", $ip;
      [length $b == 4 ? "\\0" x 10 . "\\xff\\xff" . $b : $b, hex $p] } $local, $remote;
    exit 1 if $from->[1] == $port && ($any || $mine{$from->[0]}) && !$other{$to->[0]} } }
exit 0`
