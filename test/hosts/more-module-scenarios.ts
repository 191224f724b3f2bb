import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Scenario} from './module-scenarios.ts'

/** A small tar archive with one folder and one file in it; always the same bytes. */
function archive(): string {
  const folder = mkdtempSync(join(tmpdir(), 'provision-test-'))
  try {
    mkdirSync(join(folder, 'app'))
    writeFileSync(join(folder, 'app/run.sh'), '#!/bin/sh\necho run\n', {mode: 0o755})
    const fixed = ['--owner=root:0', '--group=root:0', '--mtime=@1700000000', '--mode=0755', '--sort=name']
    execFileSync('tar', ['-cf', join(folder, 'app.tar'), ...fixed, '-C', folder, 'app'])
    execFileSync('gzip', ['-n', join(folder, 'app.tar')])
    return readFileSync(join(folder, 'app.tar.gz')).toString('base64')
  } finally {
    rmSync(folder, {recursive: true})
  }
}

const zipFile =
  'mkdir -p /srv/t/z/in && cd /srv/t/z && echo one >a && echo two >"in/b c" && rm -f ../z.zip && zip -q -r ../z.zip . && cd .. && rm -rf z zip-out && mkdir zip-out'

/** Scenarios of the modules about files, archives and repositories. */
export const moreFiles: readonly Scenario[] = [
  {
    module: 'copy',
    title: "puts a file into the user's home",
    prepare: 'rm -rf "/root/in home"; mkdir "/root/in home"',
    args: {content: 'x ~\n', dest: '~/in home/f', mode: '0600'},
    see: 'stat -c %a "/root/in home/f"; cat "/root/in home/f"',
    seen: '600\nx ~',
  },
  {
    module: 'command',
    title: "runs in the user's home",
    args: {cmd: 'touch ran', chdir: '~/in home', creates: '~/in home/ra*'},
    see: 'ls "/root/in home"; rm -r "/root/in home"',
    seen: 'f\nran',
  },
  {
    module: 'tempfile',
    title: 'makes a temporary directory',
    prepare: 'mkdir -p /srv/t/temp; rm -rf /srv/t/temp/*',
    args: {state: 'directory', path: '/srv/t/temp', suffix: '.build'},
    see: "cd /srv/t/temp && stat -c '%a %F' *.build",
    seen: '700 directory',
    action: true,
  },
  {
    module: 'find',
    title: 'finds files by name, age and size',
    prepare:
      'rm -rf /srv/t/find; mkdir -p /srv/t/find/sub; cd /srv/t/find; for f in a.log b.log c.txt sub/d.log .e.log; do echo 12345 >$f; touch -d @1700000000 $f; done; touch -d tomorrow b.log',
    args: {paths: ['/srv/t/find', '/srv/none'], patterns: '*.log', recurse: true, age: '2d', size: '5'},
    alreadyInOrder: true,
  },
  {
    module: 'find',
    title: 'finds directories by a regular expression',
    args: {path: '/srv/t/find', pattern: '^s.b$', use_regex: true, file_type: 'directory', excludes: 'x+'},
    alreadyInOrder: true,
  },
  {
    module: 'unarchive',
    title: 'unpacks an archive of the controller for another user',
    prepare: 'rm -rf /srv/t/unpacked; mkdir -p /srv/t/unpacked',
    args: {content_base64: archive(), dest: '/srv/t/unpacked', owner: 'daemon', mode: 'u=rwX,go=rX'},
    see: "cd /srv/t/unpacked && stat -c '%a %U %n' app app/run.sh && app/run.sh",
    seen: '755 daemon app\n755 daemon app/run.sh\nrun',
  },
  {
    module: 'unarchive',
    title: 'unpacks part of an archive that is on the host',
    prepare:
      'rm -rf /srv/t/in /srv/t/part; mkdir -p /srv/t/in /srv/t/part; cd /srv/t/in; echo 1 >x; echo 2 >y; tar -czf ../in.tar.gz .',
    args: {src: '/srv/t/in.tar.gz', dest: '/srv/t/part', remote_src: true, exclude: ['./y']},
    see: 'ls /srv/t/part',
    seen: 'x',
  },
  {
    module: 'unarchive',
    title: 'unpacks again what was changed since',
    prepare: 'echo other >/srv/t/part/x',
    args: {src: '/srv/t/in.tar.gz', dest: '/srv/t/part', remote_src: true, exclude: ['./y']},
    see: 'cat /srv/t/part/x',
    seen: '1',
  },
  {
    module: 'unarchive',
    title: 'leaves alone what was unpacked before',
    args: {src: '/srv/none.tar', dest: '/srv/t/part', remote_src: true, creates: '/srv/t/part/x'},
    alreadyInOrder: true,
  },
  {
    module: 'unarchive',
    title: 'unpacks a zip archive',
    prepare: `apt-get -qq -y install zip unzip >/dev/null 2>&1; ${zipFile}`,
    args: {src: '/srv/t/z.zip', dest: '/srv/t/zip-out', remote_src: true},
    see: 'cat /srv/t/zip-out/a "/srv/t/zip-out/in/b c"',
    seen: 'one\ntwo',
  },
  {
    module: 'git',
    title: 'clones a branch',
    prepare: `apt-get -qq -y install --no-install-recommends git >/dev/null 2>&1
rm -rf /srv/t/repo /srv/t/clone; mkdir /srv/t/repo; cd /srv/t/repo
export GIT_AUTHOR_DATE=@1700000000 GIT_COMMITTER_DATE=@1700000000; git config --global user.name t; git config --global user.email t@example.com
git init -q -b main; echo 1 >f; git add f; git commit -qm one; git tag -a v1 -m v1; echo 2 >f; git commit -qam two; git branch stable; echo 3 >f; git commit -qam three`,
    args: {repo: '/srv/t/repo', dest: '/srv/t/clone', version: 'stable'},
    see: 'cat /srv/t/clone/f',
    seen: '2',
  },
  {
    module: 'git',
    title: 'goes back to a tag',
    args: {repo: '/srv/t/repo', dest: '/srv/t/clone', version: 'v1'},
    see: 'cat /srv/t/clone/f',
    seen: '1',
  },
  {
    module: 'git',
    title: 'throws local changes away and takes what is new',
    prepare:
      'cd /srv/t/repo; git checkout -q stable; echo 4 >f; git -c user.name=t commit -qam four --date=@1700000001; git checkout -q main; echo mine >/srv/t/clone/f',
    args: {repo: '/srv/t/repo', dest: '/srv/t/clone', version: 'stable', force: true},
    see: 'cat /srv/t/clone/f; cd /srv/t/clone; git status --porcelain; git branch --show-current',
    seen: '4\nstable',
  },
  {
    module: 'git',
    title: 'clones what the repository has checked out, without its history',
    prepare: 'rm -rf /srv/t/clone2',
    args: {repo: 'file:///srv/t/repo', dest: '/srv/t/clone2', depth: 1},
    see: 'cat /srv/t/clone2/f; git -C /srv/t/clone2 rev-list --count HEAD',
    seen: '3\n1',
  },
]

/** Scenarios of the modules about packages. */
export const morePackages: readonly Scenario[] = [
  {
    module: 'package',
    title: 'installs a package',
    prepare: 'apt-get -qq -y purge jq >/dev/null 2>&1; true',
    args: {name: 'jq', state: 'installed', install_recommends: false},
    see: 'dpkg -s jq | grep ^Status',
    seen: 'Status: install ok installed',
  },
  {
    module: 'apt_repository',
    title: 'adds a source',
    prepare: 'rm -f /etc/apt/sources.list.d/stand_in* /etc/apt/sources.list.d/127_0*',
    args: {repo: 'deb [arch=amd64]  http://127.0.0.1:8099/debian trixie main', update_cache: false},
    see: "cd /etc/apt/sources.list.d; stat -c '%a %n' 127*; cat 127*",
    seen: '644 127_0_0_1_8099_debian.list\ndeb [arch=amd64] http://127.0.0.1:8099/debian trixie main',
  },
  {
    module: 'apt_repository',
    title: 'puts a source in force that is commented out',
    prepare: 'sed -i "s/^/# /" /etc/apt/sources.list.d/127_0_0_1_8099_debian.list',
    args: {repo: 'deb [arch=amd64] http://127.0.0.1:8099/debian trixie main', update_cache: false, filename: 'other'},
    see: 'cat /etc/apt/sources.list.d/127*',
    seen: 'deb [arch=amd64] http://127.0.0.1:8099/debian trixie main',
  },
  {
    module: 'apt_repository',
    title: 'removes a source and brings the lists up to date',
    args: {repo: 'deb [arch=amd64] http://127.0.0.1:8099/debian trixie main', state: 'absent'},
    see: 'ls /etc/apt/sources.list.d | grep -c 127; true',
    seen: '0',
  },
]

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHhAvzE3nsoxYNnMGZO6qPvqIxhWr8/YmRE0dN0yFQvX'
const otherKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPmzb7QKdFvFLF0jNlDOQmV8mJ4bLuXxIqXzvbFuLqYB'

/** Scenarios of the modules about the system. */
export const moreSystem: readonly Scenario[] = [
  {
    module: 'assemble',
    title: 'makes a file of fragments',
    prepare:
      'rm -rf /srv/t/parts /srv/t/whole; mkdir -p /srv/t/parts; cd /srv/t/parts; printf "one\\n" >10-a; printf two >20-b; printf "three\\n" >30-c; echo no >40.bak; echo no >.hidden',
    args: {
      src: '/srv/t/parts',
      dest: '/srv/t/whole',
      regexp: '^\\d+-',
      delimiter: '# --',
      ignore_hidden: true,
      mode: '0640',
    },
    see: 'stat -c %a /srv/t/whole; cat /srv/t/whole',
    seen: '640\none\n# --\ntwo\n# --\nthree',
  },
  {module: 'getent', title: 'reads an entry', args: {database: 'passwd', key: 'root'}, alreadyInOrder: true},
  {
    module: 'getent',
    title: 'says that there is no entry',
    args: {database: 'group', key: 'nobody-here', fail_key: false},
    alreadyInOrder: true,
  },
  {
    module: 'mount',
    title: 'mounts a file system and writes it into fstab',
    prepare:
      'umount "/srv/t/mnt a" 2>/dev/null; rm -rf "/srv/t/mnt a"; printf "# kept\\n/dev/none /none ext4 defaults 0 0" >/etc/fstab',
    args: {path: '/srv/t/mnt a/', src: 'tmpfs', fstype: 'tmpfs', opts: 'size=1m,mode=0700', state: 'mounted'},
    see: "findmnt -n -o FSTYPE '/srv/t/mnt a'; cat /etc/fstab",
    seen: 'tmpfs\n# kept\n/dev/none /none ext4 defaults 0 0\ntmpfs /srv/t/mnt\\040a tmpfs size=1m,mode=0700 0 0',
  },
  {
    module: 'mount',
    title: 'mounts anew with other options',
    args: {path: '/srv/t/mnt a', src: 'tmpfs', fstype: 'tmpfs', opts: 'size=2m', boot: false, state: 'mounted'},
    see: "findmnt -n -o OPTIONS '/srv/t/mnt a' | grep -c size=2048k; tail -n 1 /etc/fstab",
    seen: '1\ntmpfs /srv/t/mnt\\040a tmpfs size=2m,noauto 0 0',
  },
  {
    module: 'mount',
    title: 'unmounts and leaves fstab alone',
    args: {path: '/srv/t/mnt a', state: 'unmounted'},
    see: "findmnt '/srv/t/mnt a'; grep -c mnt /etc/fstab",
    seen: '1',
  },
  {
    module: 'mount',
    title: 'removes a file system from fstab with its directory',
    args: {path: '/srv/t/mnt a', state: 'absent'},
    see: "ls -d '/srv/t/mnt a' 2>/dev/null; cat /etc/fstab; : >/etc/fstab",
    seen: '# kept\n/dev/none /none ext4 defaults 0 0',
  },
  {
    module: 'alternatives',
    title: 'selects a program, and makes the name that it goes by',
    prepare: 'update-alternatives --remove-all t-tool >/dev/null 2>&1; true',
    args: {name: 't-tool', path: '/bin/true', link: '/usr/local/bin/t-tool'},
    see: 'readlink -f /usr/local/bin/t-tool | xargs basename; update-alternatives --query t-tool | grep Status',
    seen: 'true\nStatus: manual',
  },
  {
    module: 'alternatives',
    title: 'selects another program',
    prepare: 'update-alternatives --install /usr/local/bin/t-tool t-tool /bin/false 10 >/dev/null',
    args: {name: 't-tool', path: '/bin/false'},
    see: 'update-alternatives --query t-tool | grep -E "^(Status|Value)"',
    seen: 'Status: manual\nValue: /bin/false',
  },
  {
    module: 'alternatives',
    title: 'removes a program',
    args: {name: 't-tool', path: '/bin/false', state: 'absent'},
    see: 'update-alternatives --list t-tool; update-alternatives --remove-all t-tool',
    seen: '/bin/true',
  },
  {
    module: 'locale_gen',
    title: 'generates a locale',
    prepare:
      'apt-get -qq -y install locales >/dev/null 2>&1; sed -i "s/^fr_FR/# &/" /etc/locale.gen; localedef --delete-from-archive fr_FR.utf8 2>/dev/null; true',
    args: {name: 'fr_FR.UTF-8'},
    see: 'locale -a | grep fr; grep -c fr_FR.UTF-8 /etc/locale.gen',
    seen: 'fr_FR.utf8\n1',
  },
  {
    module: 'locale_gen',
    title: 'removes a locale',
    args: {name: ['fr_FR.UTF-8'], state: 'absent'},
    see: 'locale -a | grep -c fr; true',
    seen: '0',
  },
  {
    module: 'known_hosts',
    title: 'trusts a host',
    prepare:
      'command -v ssh-keygen >/dev/null || apt-get -qq -y install openssh-client >/dev/null 2>&1; rm -f /root/.ssh/known_hosts',
    args: {name: 'git.example.com', key: `git.example.com,192.0.2.1 ${key}\n`},
    see: 'stat -c %a /root/.ssh/known_hosts; cat /root/.ssh/known_hosts',
    seen: `644\ngit.example.com,192.0.2.1 ${key}`,
  },
  {
    module: 'known_hosts',
    title: 'replaces the key of a host, and hides its name',
    args: {name: 'git.example.com', key: `git.example.com ${otherKey}`, hash_host: true},
    see: 'cut -c 1-3 /root/.ssh/known_hosts; ssh-keygen -F git.example.com | tail -n 1 | cut -d " " -f 2-',
    seen: `|1|\n${otherKey}`,
  },
  {
    module: 'known_hosts',
    title: 'forgets a host',
    args: {host: 'git.example.com', state: 'absent'},
    see: 'wc -c </root/.ssh/known_hosts',
    seen: '0',
  },
  {
    module: 'openssl_csr',
    title: 'makes a request',
    prepare:
      'rm -f /srv/t/a.csr; openssl genpkey -algorithm ed25519 -out /srv/t/csr.pem 2>/dev/null; openssl ecparam -name prime256v1 -genkey -noout -out /srv/t/csr.pem',
    args: {
      path: '/srv/t/a.csr',
      privatekey_path: '/srv/t/csr.pem',
      common_name: 'chat.example.com',
      organization_name: 'Müller & Co',
      country_name: 'DE',
      subject_alt_name: ['DNS:chat.example.com', 'IP:2001:DB8::1'],
    },
    see: 'openssl req -in /srv/t/a.csr -noout -verify 2>&1; openssl req -in /srv/t/a.csr -noout -text | grep -A1 Alternative | tail -n 1 | tr -d " "',
    seen: 'Certificate request self-signature verify OK\nDNS:chat.example.com,IPAddress:2001:DB8:0:0:0:0:0:1',
  },
  {
    module: 'openssl_csr',
    title: 'makes a request anew for another name',
    args: {path: '/srv/t/a.csr', privatekey_path: '/srv/t/csr.pem', common_name: 'other.example.com', mode: '0600'},
    see: 'stat -c %a /srv/t/a.csr; openssl req -in /srv/t/a.csr -noout -subject',
    seen: '600\nsubject=CN=other.example.com',
  },
  {
    module: 'x509_certificate',
    title: 'makes a certificate for an address of IPv6',
    prepare: 'rm -f /srv/t/ip6.pem',
    args: {
      path: '/srv/t/ip6.pem',
      privatekey_path: '/srv/t/csr.pem',
      common_name: 'chat.example.com',
      subject_alt_name: 'IP:2001:DB8::0:1,DNS:chat.example.com',
    },
    see: 'openssl x509 -in /srv/t/ip6.pem -noout -checkip 2001:db8::1',
    seen: 'IP 2001:db8::1 does match certificate',
  },
  {
    module: 'x509_certificate',
    title: 'signs a request by an authority of its own',
    prepare:
      'rm -rf /srv/ca; mkdir /srv/ca; cd /srv/ca; openssl req -x509 -new -newkey rsa:2048 -nodes -keyout ca.key -days 90 -subj /CN=authority -out ca.pem 2>/dev/null; openssl req -new -newkey rsa:2048 -nodes -keyout key.pem -subj "/O=Twins/CN=chat.example.com" -addext subjectAltName=DNS:chat.example.com -addext extendedKeyUsage=serverAuth -out csr.pem 2>/dev/null',
    args: {
      path: '/srv/ca/cert.pem',
      provider: 'ownca',
      csr_path: '/srv/ca/csr.pem',
      ownca_path: '/srv/ca/ca.pem',
      ownca_privatekey_path: '/srv/ca/ca.key',
    },
    see: 'cd /srv/ca; openssl verify -CAfile ca.pem -purpose sslserver cert.pem; openssl x509 -in cert.pem -noout -subject -checkhost chat.example.com',
    seen: 'cert.pem: OK\nsubject=O=Twins, CN=chat.example.com\nHostname chat.example.com does match certificate',
  },
]

const armored = `-----BEGIN PGP PUBLIC KEY BLOCK-----
Comment: a stand-in

aGVsbG8gd29ybGQ=
=abcd
-----END PGP PUBLIC KEY BLOCK-----
`

/** Scenarios of the modules that change what apt trusts and asks. */
export const moreApt: readonly Scenario[] = [
  {
    module: 'debconf',
    title: 'answers a question',
    prepare: 'echo PURGE | debconf-communicate t-package >/dev/null 2>&1; true',
    args: {name: 't-package', question: 't-package/port', vtype: 'string', value: '80 or 443'},
    see: 'echo GET t-package/port | debconf-communicate',
    seen: '0 80 or 443',
  },
  {
    module: 'debconf',
    title: 'answers a question by a secret',
    args: {name: 't-package', question: 't-package/password', vtype: 'password', value: "it's a test"},
    see: 'echo GET t-package/password | debconf-communicate; echo PURGE | debconf-communicate t-package >/dev/null',
    seen: "0 it's a test",
  },
  {
    module: 'apt_key',
    title: 'adds a key without its armor',
    prepare: 'rm -f /etc/apt/keyrings/t-key.gpg',
    args: {data: armored, keyring: '/etc/apt/keyrings/t-key.gpg'},
    see: 'stat -c %a /etc/apt/keyrings/t-key.gpg; cat /etc/apt/keyrings/t-key.gpg',
    seen: '644\nhello world',
  },
  {
    module: 'apt_key',
    title: 'removes a key',
    args: {keyring: '/etc/apt/keyrings/t-key.gpg', state: 'absent'},
    see: 'ls /etc/apt/keyrings | grep -c t-key; true',
    seen: '0',
  },
]

/** Scenarios of iptables; they leave SSH alone. */
export const moreFirewall: readonly Scenario[] = [
  {
    module: 'iptables',
    title: 'adds a rule',
    prepare:
      'command -v iptables >/dev/null || apt-get -qq -y install iptables >/dev/null 2>&1; iptables -N t-chain 2>/dev/null; iptables -F t-chain',
    args: {
      chain: 't-chain',
      protocol: 'tcp',
      source: '!198.18.0.0/15',
      destination_ports: ['80', '443'],
      ctstate: 'NEW,ESTABLISHED',
      comment: "let's go",
      jump: 'ACCEPT',
    },
    see: 'iptables -S t-chain | tail -n 1',
    seen: '-A t-chain ! -s 198.18.0.0/15 -p tcp -m multiport --dports 80,443 -m conntrack --ctstate NEW,ESTABLISHED -m comment --comment "let\\\'s go" -j ACCEPT',
  },
  {
    module: 'iptables',
    title: 'inserts a rule before others',
    args: {
      chain: 't-chain',
      action: 'insert',
      in_interface: 'lo',
      reject_with: 'icmp-port-unreachable',
      jump: 'REJECT',
    },
    see: 'iptables -S t-chain | sed -n 2p',
    seen: '-A t-chain -i lo -j REJECT --reject-with icmp-port-unreachable',
  },
  {
    module: 'iptables',
    title: 'removes a rule',
    args: {chain: 't-chain', in_interface: 'lo', reject_with: 'icmp-port-unreachable', jump: 'REJECT', state: 'absent'},
    see: 'iptables -S t-chain | wc -l',
    seen: '2',
  },
  {
    module: 'iptables',
    title: 'removes all rules of a chain',
    args: {chain: 't-chain', flush: true},
    see: 'iptables -S t-chain | wc -l; iptables -X t-chain',
    seen: '1',
    action: true,
  },
  {
    module: 'iptables',
    title: 'sets the policy of a chain',
    prepare: 'iptables -P FORWARD ACCEPT',
    args: {chain: 'FORWARD', policy: 'DROP'},
    see: 'iptables -S FORWARD | head -n 1; iptables -P FORWARD ACCEPT',
    seen: '-P FORWARD DROP',
  },
  {
    module: 'iptables',
    title: 'makes a chain',
    prepare: 'iptables -X t-new 2>/dev/null; true',
    args: {chain: 't-new', chain_management: true},
    see: 'iptables -S t-new; iptables -X t-new',
    seen: '-N t-new',
  },
]

const project = `name: u
services:
  cache: {image: "redis:7.4-alpine", environment: {A: "1"}}
`

/** Scenarios of the modules about containers. */
export const moreDocker: readonly Scenario[] = [
  {
    module: 'docker_installation',
    title: 'tells what the daemon is told',
    prepare: `mkdir -p /etc/docker; echo '{"log-level": "warn", "mtu": 1400}' >/etc/docker/daemon.json`,
    args: {packages: ['docker.io'], repository: 'https://download.docker.com/linux'},
    alreadyInOrder: true,
  },
  {
    module: 'docker_network',
    title: 'makes a network',
    prepare: 'docker rm -f t-c >/dev/null 2>&1; docker network rm t-net >/dev/null 2>&1; true',
    args: {name: 't-net', ipam_config: [{subnet: '172.31.9.0/24', gateway: '172.31.9.1'}], labels: {who: "it's us"}},
    see: "docker network inspect -f '{{.Driver}} {{(index .IPAM.Config 0).Subnet}} {{.Labels.who}}' t-net",
    seen: "bridge 172.31.9.0/24 it's us",
  },
  {
    module: 'docker_volume',
    title: 'makes a volume',
    prepare: 'docker volume rm t-vol >/dev/null 2>&1; true',
    args: {name: 't-vol', labels: {tier: 'data'}},
    see: "docker volume inspect -f '{{.Driver}} {{.Labels.tier}}' t-vol",
    seen: 'local data',
  },
  {
    module: 'docker_container',
    title: 'makes and starts a container',
    args: {
      name: 't-c',
      image: 'redis:7.4-alpine',
      command: 'redis-server --port 6400',
      env: {SECRET: "it's a test"},
      volumes: ['t-vol:/data'],
      networks: [{name: 't-net', ipv4_address: '172.31.9.9', aliases: ['store']}],
      restart_policy: 'on-failure',
      restart_retries: 3,
      memory: '64m',
      labels: {who: 'us'},
    },
    see: `docker inspect -f '{{.State.Running}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}} {{.HostConfig.Memory}} {{(index .NetworkSettings.Networks "t-net").IPAddress}}' t-c; docker exec t-c printenv SECRET; docker exec t-c redis-cli -p 6400 ping`,
    seen: "true on-failure 3 67108864 172.31.9.9\nit's a test\nPONG",
  },
  {
    module: 'docker_container',
    title: 'changes limits and networks of a container that runs',
    args: {
      name: 't-c',
      memory: '128m',
      memory_swap: '256m',
      networks: [{name: 't-net', ipv4_address: '172.31.9.10', aliases: ['store']}],
    },
    see: `docker inspect -f '{{.HostConfig.Memory}} {{(index .NetworkSettings.Networks "t-net").IPAddress}}' t-c; docker exec t-c redis-cli -p 6400 ping`,
    seen: '134217728 172.31.9.10\nPONG',
  },
  {
    module: 'docker_container',
    title: 'makes a container anew when its options changed',
    args: {
      name: 't-c',
      image: 'redis:7.4-alpine',
      command: 'redis-server',
      networks: [{name: 't-net'}],
      ports: ['127.0.0.1:6380:6379'],
      mounts: [{type: 'tmpfs', target: '/fast', tmpfs_size: '1m'}],
      healthcheck: {test: ['CMD', 'redis-cli', 'ping'], interval: '1m30s'},
      stop_timeout: 1,
    },
    see: `docker exec t-c redis-cli ping; docker port t-c; docker inspect -f '{{json .Config.Healthcheck}}' t-c`,
    seen: 'PONG\n6379/tcp -> 127.0.0.1:6380\n{"Test":["CMD-SHELL","redis-cli ping"],"Interval":90000000000}',
  },
  {
    module: 'docker_container',
    title: 'has a container stand still',
    args: {name: 't-c', paused: true},
    see: "docker inspect -f '{{.State.Status}}' t-c; docker unpause t-c >/dev/null",
    seen: 'paused',
  },
  {
    module: 'docker_container',
    title: 'stops a container',
    args: {name: 't-c', state: 'stopped', stop_timeout: 1},
    see: "docker inspect -f '{{.State.Status}}' t-c",
    seen: 'exited',
  },
  {
    module: 'docker_network',
    title: 'makes a network anew with its containers',
    prepare: 'docker start t-c >/dev/null',
    args: {name: 't-net', internal: true},
    see: "docker network inspect -f '{{.Internal}} {{range .Containers}}{{.Name}}{{end}}' t-net",
    seen: 'true t-c',
  },
  {
    module: 'docker_network',
    title: 'puts a container into a network, and another out of it',
    prepare: 'docker run -d --name t-d --entrypoint sleep redis:7.4-alpine 600 >/dev/null',
    args: {name: 't-net', connected: ['t-d']},
    see: "docker network inspect -f '{{range .Containers}}{{.Name}}{{end}}' t-net",
    seen: 't-d',
  },
  {
    module: 'docker_container',
    title: 'removes a container',
    args: {name: 't-c', state: 'absent', stop_timeout: 1},
    see: 'docker ps -aq --filter name=t-c | wc -l',
    seen: '0',
  },
  {
    module: 'docker_network',
    title: 'removes a network',
    args: {name: 't-net', state: 'absent'},
    see: 'docker network ls -q --filter name=t-net | wc -l',
    seen: '0',
  },
  {
    module: 'docker_volume',
    title: 'removes a volume',
    prepare: 'docker rm -fv t-d >/dev/null',
    args: {volume_name: 't-vol', state: 'absent'},
    see: 'docker volume ls -q --filter name=t-vol | wc -l',
    seen: '0',
  },
  {
    module: 'docker_compose_v2_pull',
    title: 'pulls the images of a project that are missing',
    prepare: `mkdir -p /srv/project-u; printf '%s' '${project}' >/srv/project-u/compose.yaml; docker save -o /srv/t/redis.tar redis:7.4-alpine; docker image rm -f redis:7.4-alpine >/dev/null`,
    args: {project_src: '/srv/project-u', policy: 'missing'},
    see: 'docker image ls -q redis:7.4-alpine | wc -l; docker image rm -f redis:7.4-alpine >/dev/null',
    seen: '1',
  },
  {
    module: 'docker_image_load',
    title: 'loads an image',
    args: {path: '/srv/t/redis.tar'},
    see: 'docker image ls -q redis:7.4-alpine | wc -l',
    seen: '1',
    action: true,
  },
  {
    module: 'docker_compose_v2_run',
    title: 'runs a command in a new container',
    prepare: 'rm -rf /srv/t/run; mkdir /srv/t/run',
    args: {
      project_src: '/srv/project-u',
      service: 'cache',
      command: 'sh -c \'cat >/out/x; echo "$A $B" >>/out/x\'',
      env: {B: "it's"},
      stdin: 'in',
      volumes: ['/srv/t/run:/out'],
      user: '0',
      cleanup: true,
    },
    see: 'cat /srv/t/run/x; docker compose -p u ps -aq | wc -l; docker network rm u_default >/dev/null',
    seen: "in\n1 it's\n0",
    action: true,
  },
  {
    module: 'docker_prune',
    title: 'removes containers that do not run',
    prepare:
      'docker create --name t-old redis:7.4-alpine >/dev/null; docker create --name t-kept --label keep=1 redis:7.4-alpine >/dev/null',
    args: {containers: true, containers_filters: {'label!': 'keep'}},
    see: "docker ps -a --format '{{.Names}}' --filter name=t-; docker rm t-kept >/dev/null",
    seen: 't-kept',
    action: true,
  },
  {
    module: 'docker_login',
    title: 'logs in at a registry',
    prepare:
      'rm -f /root/.docker/config.json; mkdir -p /srv/registry/v2; echo ok >/srv/registry/v2/index.html; busybox httpd -p 127.0.0.1:5099 -h /srv/registry',
    args: {registry_url: '127.0.0.1:5099', username: 'deploy', password: "it's a test"},
    see: `grep -c 127.0.0.1:5099 /root/.docker/config.json`,
    seen: '1',
  },
  {
    module: 'docker_login',
    title: 'logs out of a registry',
    args: {registry: 'http://127.0.0.1:5099/', state: 'absent'},
    see: 'grep -c 127.0.0.1:5099 /root/.docker/config.json; busybox kill $(pidof busybox); true',
    seen: '0',
  },
]
