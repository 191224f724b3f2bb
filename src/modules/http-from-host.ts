import {lines, raw, type Shell, sh} from '../shell/shell.ts'
import {all, fields, rows} from './answer.ts'
import {curlConfiguration} from './curl-configuration.ts'
import {type Asked, bodyOf, follows, headersOf} from './http-arguments.ts'
import type {Answered} from './http-result.ts'

/**
 * Asks from the host: by curl, or for plain http:// by perl, which a bare Debian has. Says `status=`, `url=` and the like, then the
 * headers, an empty line and the body. Name, password, headers and body are in no argument list.
 */
export function askFromHost(asked: Asked): Shell {
  const body = bodyOf(asked)
  const data = body === undefined ? sh`` : sh`--data-binary @"$w/in"`
  return lines(
    sh`w=$(mktemp -d) || exit 1; trap 'rm -rf -- "$w"' EXIT; cd "$w" || exit 1; : >headers; : >out; : >said; begun=$(date +%s)`,
    body === undefined ? sh`` : sh`printf '%s' ${body} >in`,
    sh`if command -v curl >/dev/null; then
printf '%s' ${curlConfiguration(asked)} | curl -q --config - ${raw(data)} -D headers -o out -w 'url=%{url_effective}\\nredirects=%{num_redirects}\\n' >said 2>problem || : >failed
else
${raw(withoutCurl(asked))}
fi`,
    sh`tr -d '\\r' <headers | sed -n -e '/^HTTP\\//{h;b e' -e '}' -e '/./H' -e ':e' -e '$ {x;p' -e '}' >last
status=$(sed -n '1s/^HTTP[^ ]* *\\([0-9]*\\).*/\\1/p' last); [ ! -e failed ] && [ -n "$status" ] || status=-1
case ${`,${asked.status_code.join(',')},`} in *",$status,"*) good=yes ;; *) good= ;; esac`,
    asked.dest === undefined
      ? sh``
      : sh`[ -z "$good" ] || [ "$status" -lt 0 ] || { ${raw(keep(asked, asked.dest))}; } || exit 1`,
    sh`printf 'status=%s\\nelapsed=%s\\n' "$status" $(($(date +%s) - begun)); cat said; [ ! -e problem ] || sed 's/^\\(curl: ([0-9]*) \\)*/problem=/' problem
echo; cat last; echo`,
    asked.return_content
      ? sh`cat out`
      : sh`if [ -z "$good" ] || grep -qi '^content-type:.*j\\(son\\|avascript\\)' last; then cat out; fi`,
    sh`[ -n "$good" ] || {
if [ "$status" = -1 ]; then printf '%s: %s\\n' ${`No answer from ${named(asked)}`} "$(sed -n 's/^\\(curl: ([0-9]*) \\)*//;$p' problem)"
else printf '%s %s%s\\n' ${`${named(asked)} answered`} "$(sed 's/^[^ ]* *//;q' last)" ${`, not ${asked.status_code.join(' or ')}`}; fi >&2
exit 1; }`,
  )
}

/** Reads what askFromHost said. */
export function readHttp(said: string, {url}: Asked): Answered {
  const end = said.indexOf('\n\n')
  const head = said.slice(0, end)
  const rest = said.slice(end + 2)
  const blank = rest.startsWith('\n') ? 0 : rest.indexOf('\n\n')
  const [first = '', ...headers] = rows(rest.slice(0, blank))
  const status = Number(fields(head).status ?? -1)
  return {
    status,
    url: fields(head).url ?? url,
    reason: status === -1 ? (all(head, 'problem').at(-1) ?? '') : first.replace(/^\S+ +\d+ */, ''),
    headers: headers.map(header => {
      const [name = '', ...value] = header.split(':')
      return [name.toLowerCase(), value.join(':').trim()]
    }),
    body: rest.slice(blank === 0 ? 1 : blank + 2),
    redirected: Number(fields(head).redirects ?? 0) > 0,
    elapsed: Number(fields(head).elapsed ?? 0),
  }
}

function named({method, url, connect_to}: Asked): string {
  return `${method} ${url}${connect_to === undefined ? '' : ` (at ${connect_to})`}`
}

/** Puts the body in place whole. */
function keep({mode, owner, group, url}: Asked, dest: string): Shell {
  const name = new URL(url).pathname.split('/').at(-1) || 'index.html'
  return sh`d=${dest}; [ ! -d "$d" ] || d=\${d%/}/${name}
t=$(mktemp "\${d%/*}/.provision.XXXXXX") && cat out >"$t" && if [ -e "$d" ]; then chmod --reference="$d" "$t"; else chmod 0644 "$t"; fi && ${raw(owner === undefined ? sh`:` : sh`chown ${owner} "$t"`)} && ${raw(group === undefined ? sh`:` : sh`chgrp ${group} "$t"`)} && ${raw(mode === undefined ? sh`:` : sh`chmod ${mode} "$t"`)} && mv -f -- "$t" "$d" && printf 'changed=yes\\npath=%s\\n' "$d" >>said`
}

function withoutCurl(asked: Asked): Shell {
  const {protocol, hostname, port} = new URL(asked.url)
  const {unix_socket, connect_to, timeout} = asked
  if (protocol !== 'http:' || unix_socket !== undefined)
    return sh`echo 'there is no curl on this host: install the package curl' >problem; : >failed`
  const host = (connect_to ?? hostname).replace(/^\[(.*)\]$/, '$1')
  return sh`printf '%s' ${plainRequest(asked)} | perl -e ${byPerl} ${host} ${port || '80'} ${timeout} ${follows(asked) ? 'follow' : 'stay'} 2>problem || : >failed`
}

function plainRequest(asked: Asked): string {
  const {url, method, url_username, url_password = ''} = asked
  const {pathname, search, host} = new URL(url)
  const body = bodyOf(asked)
  const login = Buffer.from(`${url_username}:${url_password}`).toString('base64')
  const headers = {
    Host: host,
    Connection: 'close',
    ...(url_username !== undefined && {Authorization: `Basic ${login}`}),
    ...((body !== undefined || method === 'POST') && {'Content-Length': String(Buffer.byteLength(body ?? ''))}),
    ...headersOf(asked),
  }
  const written = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${pathname}${search} HTTP/1.0\r\n${written.join('')}\r\n${body ?? ''}`
}

const byPerl = `use IO::Socket::IP; my ($host, $port, $time, $follow) = @ARGV;
$SIG{ALRM} = sub { die "no whole answer within $time s\\n" }; alarm $time; local $/;
my $s = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port, Type => SOCK_STREAM, Timeout => $time) or die "$@\\n";
print $s scalar <STDIN>; my ($head, $body) = split /\\r?\\n\\r?\\n/, scalar <$s>, 2;
$head =~ /^HTTP/ or die "it is no web server\\n";
die "it leads to $2, and there is no curl on this host, which could follow: install the package curl\\n"
  if $follow eq "follow" && $head =~ /^HTTP\\S* (30[12378])[^\\n]*.*^location: *(\\S+)/mis;
open my $h, ">", "headers"; print $h "$head\\n\\n"; open my $o, ">", "out"; print $o $body;`
