import type {Scenario} from './module-scenarios.ts'

/** A web server on the host, in the Perl of a bare Debian: it answers each request by itself and closes. */
const server = String.raw`use IO::Socket::INET; $SIG{CHLD} = "IGNORE";
my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => 8089, Listen => 9, ReuseAddr => 1) or die;
while (my $c = $l->accept) { next if fork; my ($h, $n) = ("", 0);
  while (<$c>) { $h .= $_; $n = $1 if /^content-length: *(\d+)/i; last if /^\r?\n/ }
  my $b = ""; read $c, $b, $n if $n; my ($m, $p) = split / /, $h; my ($s, $t, $o) = ("200 OK", "text/plain", "$m $b\n");
  ($t, $o) = ("application/json", "{\"version\":\"1.2\"}") if $p eq "/api";
  ($s, $o) = ("302 Found\r\nLocation: /api", "") if $p eq "/old";
  if ($p eq "/asked") { open my $f, ">", "/srv/asked"; print $f $h, $b }
  print $c "HTTP/1.1 $s\r\nContent-Type: $t\r\nContent-Length: ", length $o, "\r\nConnection: close\r\n\r\n$o"; exit }`

const serve = `systemctl stop t-web 2>/dev/null; systemd-run -q --unit=t-web --collect perl -e '${server}'
n=0; until perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new("127.0.0.1:8089")'; do n=$((n + 1)); [ $n -lt 50 ] || exit 1; sleep 0.1; done`

/** Scenarios of the modules that wait for servers and ask them, from the host. */
export const web: readonly Scenario[] = [
  {module: 'wait_for', title: 'is in order when the port answers', args: {port: 22, timeout: 5}, alreadyInOrder: true},
  {
    module: 'wait_for',
    title: 'waits until a server says what it should',
    args: {port: '22', search_regex: 'Open(?P<what>[A-Z]+)', timeout: 20},
    action: true,
  },
  {
    module: 'wait_for',
    title: 'waits until a file is there',
    prepare: 'rm -f /srv/late; systemd-run -q --collect sh -c "sleep 2; echo done >/srv/late"',
    args: {path: '/srv/late', search_regex: '^d', timeout: 20},
    action: true,
    see: 'cat /srv/late',
    seen: 'done',
  },
  {
    module: 'wait_for',
    title: 'waits until a port no longer answers',
    prepare: `${serve}; systemd-run -q --collect sh -c 'sleep 2; systemctl stop t-web'`,
    args: {port: 8089, state: 'stopped', timeout: 20},
    see: 'systemctl is-active t-web || true',
    seen: 'inactive',
  },
  {
    module: 'wait_for',
    title: 'waits until nobody is connected any more',
    prepare: `${serve}; systemd-run -q --collect perl -e 'use IO::Socket::INET; my $s = IO::Socket::INET->new("127.0.0.1:8089") and sleep 3'
n=0; until grep -q ':1F99 [0-9A-F:]* 01' /proc/net/tcp; do n=$((n + 1)); [ $n -lt 50 ] || exit 1; sleep 0.1; done`,
    args: {port: 8089, state: 'drained', timeout: 20, active_connection_states: ['ESTABLISHED']},
  },
  {
    module: 'uri',
    title: 'asks without curl, name and password with it',
    prepare: `! command -v curl >/dev/null || apt-get -y -qq purge curl >/dev/null 2>&1; rm -f /srv/asked; ${serve}`,
    args: {
      url: 'http://localhost:8089/asked',
      method: 'POST',
      body: {a: 'x y', b: [1, 2]},
      body_format: 'form-urlencoded',
      url_username: 'me',
      url_password: 'example',
      headers: {'X-Kind': "it's"},
    },
    action: true,
    see: "tr -d '\\r' </srv/asked",
    seen: `POST /asked HTTP/1.0
Host: localhost:8089
Connection: close
Authorization: Basic bWU6ZXhhbXBsZQ==
Content-Length: 13
Content-Type: application/x-www-form-urlencoded
X-Kind: it's

a=x+y&b=1&b=2`,
  },
  {
    module: 'uri',
    title: 'asks by curl, and follows a redirect into a file',
    prepare: `apt-get -y -qq install curl >/dev/null 2>&1; rm -f /srv/api.json; ${serve}`,
    args: {url: 'http://localhost:8089/old', dest: '/srv/api.json', mode: '0600'},
    action: true,
    see: 'stat -c %a /srv/api.json; cat /srv/api.json',
    seen: '600\n{"version":"1.2"}',
  },
  {
    module: 'uri',
    title: 'sends JSON by curl, and takes another status',
    prepare: `rm -f /srv/asked; ${serve}`,
    args: {
      url: 'http://localhost:8089/asked',
      method: 'PUT',
      body: {text: 'a "b" \\ ü'},
      body_format: 'json',
      status_code: [200, 201],
      http_agent: 'me',
      url_username: 'me',
      url_password: 'exa"mple',
    },
    action: true,
    see: "tr -d '\\r' </srv/asked; systemctl stop t-web",
    seen: String.raw`PUT /asked HTTP/1.1
Host: localhost:8089
Authorization: Basic bWU6ZXhhIm1wbGU=
Accept: */*
Content-Type: application/json
User-Agent: me
Content-Length: 24

{"text":"a \"b\" \\ ü"}`,
  },
  {
    module: 'uri',
    title: 'does not ask when what the answer makes is there',
    args: {url: 'http://localhost:8089/', creates: '/etc/hostname'},
    alreadyInOrder: true,
  },
]
