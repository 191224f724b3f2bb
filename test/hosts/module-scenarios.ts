import type {Values} from '../../src/module.ts'
import {archives} from './archive-scenarios.ts'
import {copies} from './file-scenarios.ts'
import {folders} from './folder-scenarios.ts'
import {moreApt, moreDocker, moreFiles, moreFirewall, morePackages, moreSystem} from './more-module-scenarios.ts'
import {web} from './web-scenarios.ts'

/** One task that is looked at, applied and looked at again on a real host. */
export type Scenario = {
  readonly module: string
  readonly title: string
  readonly args: Values
  /** What is done to the host before, from outside. */
  readonly prepare?: string
  /** A command whose output is `seen` afterwards. */
  readonly see?: string
  readonly seen?: string
  /** Nothing is wrong at the first look. */
  readonly alreadyInOrder?: true
  /** It happens each time. */
  readonly action?: true
}

const files: readonly Scenario[] = [
  {
    module: 'file',
    title: 'makes a directory and those above it',
    prepare: 'rm -rf /srv/t',
    args: {path: '/srv/t/a/b', state: 'directory', mode: '0750', group: 'adm'},
    see: "stat -c '%a %U:%G %n' /srv/t/a /srv/t/a/b",
    seen: '750 root:adm /srv/t/a\n750 root:adm /srv/t/a/b',
  },
  {
    module: 'file',
    title: 'sets the mode of a directory whose setgid bit is not wanted',
    prepare: 'mkdir -p /srv/t/g; chmod 2775 /srv/t/g',
    args: {path: '/srv/t/g', state: 'directory', mode: 'u=rwx,g=rx,o='},
    see: 'stat -c %a /srv/t/g',
    seen: '750',
  },
  {
    module: 'file',
    title: 'sets modes and owners below a directory',
    prepare:
      "mkdir -p '/srv/t/tree/in side'; touch /srv/t/tree/f '/srv/t/tree/in side/x'; chmod 0755 '/srv/t/tree/in side/x'; ln -sf /etc/passwd /srv/t/tree/l",
    args: {path: '/srv/t/tree', state: 'directory', recurse: true, mode: 'u=rwX,g=rX,o=', owner: 'daemon'},
    see: "cd /srv/t/tree && stat -c '%a %U %n' . f 'in side' 'in side/x' /etc/passwd",
    seen: '750 daemon .\n640 daemon f\n750 daemon in side\n750 daemon in side/x\n644 root /etc/passwd',
  },
  {
    module: 'file',
    title: 'makes an empty file with a mode',
    prepare: 'rm -f /srv/t/empty',
    args: {path: '/srv/t/empty', state: 'touch', mode: '0600', modification_time: 'preserve', access_time: 'preserve'},
    see: "stat -c '%a %s' /srv/t/empty",
    seen: '600 0',
  },
  {
    module: 'file',
    title: 'makes a link instead of another one',
    prepare: 'ln -sfn /etc/group /srv/t/link',
    args: {dest: '/srv/t/link', src: '/etc/hostname', state: 'link'},
    see: 'readlink /srv/t/link',
    seen: '/etc/hostname',
  },
  {
    module: 'file',
    title: 'makes a hard link',
    prepare: 'echo x >/srv/t/one; rm -f /srv/t/two',
    args: {path: '/srv/t/two', src: '/srv/t/one', state: 'hard'},
    see: 'stat -c %h /srv/t/one',
    seen: '2',
  },
  {
    module: 'file',
    title: 'removes a tree',
    args: {path: '/srv/t/tree', state: 'absent'},
    see: 'ls -d /srv/t/tree 2>/dev/null || echo gone; stat -c %n /etc/passwd',
    seen: 'gone\n/etc/passwd',
  },
  {
    module: 'copy',
    title: 'puts a new file in place',
    prepare: 'rm -f /srv/t/copy',
    args: {
      content: "It's\n\n$HOME `x` \\n\n\n",
      dest: '/srv/t/copy',
      mode: '0640',
      group: 'adm',
      validate: 'grep -q HOME %s',
    },
    see: "stat -c '%a %G' /srv/t/copy; od -c /srv/t/copy | head -n 2",
    seen: "640 adm\n0000000   I   t   '   s  \\n  \\n   $   H   O   M   E       `   x   `    \n0000020   \\   n  \\n  \\n",
  },
  {
    module: 'copy',
    title: 'replaces content and sets the mode',
    prepare: 'echo old >/srv/t/copy2; chmod 0644 /srv/t/copy2',
    args: {content: 'new\n', dest: '/srv/t/copy2', mode: '0600', owner: 'daemon'},
    see: "stat -c '%a %U' /srv/t/copy2; cat /srv/t/copy2",
    seen: '600 daemon\nnew',
  },
  {
    module: 'copy',
    title: 'puts bytes into a directory under the name of src',
    prepare: 'rm -f /srv/t/blob.bin',
    args: {src: 'files/blob.bin', content_base64: 'AAH/gA==', dest: '/srv/t'},
    see: 'od -An -tx1 /srv/t/blob.bin',
    seen: ' 00 01 ff 80',
  },
  {
    module: 'copy',
    title: 'leaves the content of a file alone without force',
    prepare: 'echo mine >/srv/t/mine',
    args: {content: 'yours\n', dest: '/srv/t/mine', force: false},
    alreadyInOrder: true,
    see: 'cat /srv/t/mine',
    seen: 'mine',
  },
  {
    module: 'copy',
    title: 'replaces a large file',
    prepare: 'head -c 100000 /dev/zero >/srv/t/large',
    args: {content: 'small\n', dest: '/srv/t/large'},
    see: 'cat /srv/t/large',
    seen: 'small',
  },
  {
    module: 'template',
    title: 'puts what was rendered in place',
    prepare: 'rm -f /srv/t/site.conf.j2',
    args: {src: 'site.conf.j2', content: 'listen 443;\n', dest: '/srv/t/', mode: '0644'},
    see: 'cat /srv/t/site.conf.j2',
    seen: 'listen 443;',
  },
  {
    module: 'lineinfile',
    title: 'replaces the line that a pattern finds',
    prepare: "printf 'a=1\\n#port 22\\nb=2' >/srv/t/lines",
    args: {path: '/srv/t/lines', regexp: '^#?port ', line: 'port 2222'},
    see: 'cat /srv/t/lines',
    seen: 'a=1\nport 2222\nb=2',
  },
  {
    module: 'lineinfile',
    title: 'adds a line after the one that matches, with a missing newline put right',
    prepare: "printf '[x]\\nlast' >/srv/t/lines2",
    args: {path: '/srv/t/lines2', line: 'key = 1', insertafter: '^\\[x\\]'},
    see: 'cat /srv/t/lines2; echo .',
    seen: '[x]\nkey = 1\nlast\n.',
  },
  {
    module: 'lineinfile',
    title: 'takes groups of the pattern',
    prepare: 'printf \'opts="a b"\\n\' >/srv/t/lines3',
    args: {path: '/srv/t/lines3', regexp: '^opts="((?:(?!quiet)[^"])*)"$', line: 'opts="\\1 quiet"', backrefs: true},
    see: 'cat /srv/t/lines3',
    seen: 'opts="a b quiet"',
  },
  {
    module: 'lineinfile',
    title: 'removes lines and keeps mode and owner',
    prepare: "printf 'x\\ny\\nx\\n' >/srv/t/lines4; chmod 0600 /srv/t/lines4; chown daemon /srv/t/lines4",
    args: {path: '/srv/t/lines4', line: 'x', state: 'absent'},
    see: "cat /srv/t/lines4; stat -c '%a %U' /srv/t/lines4",
    seen: 'y\n600 daemon',
  },
  {
    module: 'blockinfile',
    title: 'adds a block to a new file',
    prepare: 'rm -f /srv/t/block',
    args: {path: '/srv/t/block', block: 'one\ntwo\n', create: true, mode: '0644'},
    see: 'cat /srv/t/block',
    seen: '# BEGIN ANSIBLE MANAGED BLOCK\none\ntwo\n# END ANSIBLE MANAGED BLOCK',
  },
  {
    module: 'blockinfile',
    title: 'replaces a block where it is',
    prepare: "printf 'top\\n; BEGIN x\\nold\\n; END x\\nbottom\\n' >/srv/t/block2",
    args: {path: '/srv/t/block2', block: 'new', marker: '; {mark} x'},
    see: 'cat /srv/t/block2',
    seen: 'top\n; BEGIN x\nnew\n; END x\nbottom',
  },
  {
    module: 'blockinfile',
    title: 'removes a block',
    args: {path: '/srv/t/block2', state: 'absent', marker: '; {mark} x'},
    see: 'cat /srv/t/block2',
    seen: 'top\nbottom',
  },
  {
    module: 'replace',
    title: 'replaces every match after a line',
    prepare: "printf 'a 1\\n--\\na 2\\na 3\\n' >/srv/t/replace",
    args: {path: '/srv/t/replace', regexp: '^a (\\d)$', replace: 'b \\1\\1', after: '--'},
    see: 'cat /srv/t/replace',
    seen: 'a 1\n--\nb 22\nb 33',
  },
  {
    module: 'stat',
    title: 'says what a link is',
    args: {path: '/etc/os-release', get_checksum: false},
    alreadyInOrder: true,
  },
  {module: 'stat', title: 'says that nothing is there', args: {path: '/srv/none'}, alreadyInOrder: true},
  {
    module: 'slurp',
    title: 'fetches a file',
    prepare: "printf 'a\\0b' >/srv/t/slurp",
    args: {src: '/srv/t/slurp'},
    alreadyInOrder: true,
  },
]

const commands: readonly Scenario[] = [
  {module: 'ping', title: 'answers', args: {}, alreadyInOrder: true},
  {
    module: 'command',
    title: 'runs words without a shell',
    prepare: 'rm -f "/srv/t/a b" /srv/t/*.made',
    args: {_raw_params: 'touch "a b" x.made chdir=/srv/t creates=/srv/t/*.made'},
    see: "ls '/srv/t/a b' /srv/t/x.made",
    seen: '/srv/t/a b\n/srv/t/x.made',
  },
  {
    module: 'shell',
    title: 'runs a script of two lines with stdin',
    args: {cmd: 'read -r x\nprintf "%s" "$x" | tr a-z A-Z >upper', chdir: '/srv/t', stdin: "it's"},
    see: 'cat /srv/t/upper',
    seen: "IT'S",
    action: true,
  },
  {
    module: 'script',
    title: 'runs a script by its name, with words',
    args: {
      cmd: "'the script.sh' 'two words' more",
      content: '#!/bin/sh\nprintf "%s|%s|%s\\n" "${0##*/}" "$1" "$#" >/srv/t/called\n',
      creates: '/srv/t/called',
    },
    prepare: 'mkdir -p /srv/t',
    see: 'cat /srv/t/called; ls -d /root/.provision.* 2>/dev/null || :',
    seen: 'the script.sh|two words|2',
  },
  {
    module: 'shell',
    title: 'runs a script in another shell',
    args: {
      cmd: 'a=(x y); echo "${a[1]}" >/srv/t/bash; env | grep -c PROVISION >>/srv/t/bash; true',
      executable: '/bin/bash',
    },
    see: 'cat /srv/t/bash',
    seen: 'y\n0',
    action: true,
  },
  {
    module: 'raw',
    title: 'runs a script as it is',
    args: {_raw_params: 'echo 1 >/srv/t/raw'},
    see: 'cat /srv/t/raw',
    seen: '1',
    action: true,
  },
]

const system: readonly Scenario[] = [
  {module: 'setup', title: 'gathers facts', args: {}, alreadyInOrder: true},
  {module: 'listen_ports_facts', title: 'sees sshd', args: {}, alreadyInOrder: true},
  {module: 'cloud_init', title: 'has nothing to wait for without cloud-init', args: {}, alreadyInOrder: true},
  {
    module: 'cloud_init',
    title: 'waits while cloud-init is at work',
    prepare:
      "mkdir -p /run/cloud-init; touch /run/cloud-init/enabled; printf '#!/bin/sh\\ntouch /run/cloud-init/result.json\\nexit 2\\n' >/usr/local/bin/cloud-init; chmod +x /usr/local/bin/cloud-init",
    args: {timeout: 60},
    see: 'rm -r /run/cloud-init /usr/local/bin/cloud-init; echo cleared',
    seen: 'cleared',
  },
  {
    module: 'group',
    title: 'makes a group',
    prepare: 'userdel -r tina 2>/dev/null; groupdel crew 2>/dev/null; true',
    args: {name: 'crew', gid: 4321},
    see: 'getent group crew',
    seen: 'crew:x:4321:',
  },
  {
    module: 'user',
    title: 'makes a user',
    args: {name: 'tina', groups: ['crew'], shell: '/bin/bash', comment: 'Tina T', password: '!', uid: 4322},
    see: 'getent passwd tina; id -nG tina; getent shadow tina | cut -d: -f2',
    seen: 'tina:x:4322:4322:Tina T:/home/tina:/bin/bash\ntina crew\n!',
  },
  {
    module: 'user',
    title: 'changes what differs in a user',
    args: {name: 'tina', groups: 'adm', append: true, shell: '/bin/sh', password: '$6$salt$abc'},
    see: 'getent passwd tina; id -nG tina; getent shadow tina | cut -d: -f2',
    seen: 'tina:x:4322:4322:Tina T:/home/tina:/bin/sh\ntina adm crew\n$6$salt$abc',
  },
  {
    module: 'authorized_key',
    title: 'lets a key log in',
    args: {user: 'tina', key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKHEMJQ1FbP0 tina@desk'},
    see: "stat -c '%a %U:%G %n' /home/tina/.ssh /home/tina/.ssh/authorized_keys; cat /home/tina/.ssh/authorized_keys",
    seen: '700 tina:tina /home/tina/.ssh\n600 tina:tina /home/tina/.ssh/authorized_keys\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKHEMJQ1FbP0 tina@desk',
  },
  {
    module: 'authorized_key',
    title: 'leaves only the wanted key, with options',
    args: {
      user: 'tina',
      key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOTHER tina@lap',
      exclusive: true,
      key_options: 'no-pty',
    },
    see: 'cat /home/tina/.ssh/authorized_keys',
    seen: 'no-pty ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOTHER tina@lap',
  },
  {
    module: 'user',
    title: 'removes a user with the home directory',
    args: {name: 'tina', state: 'absent', remove: true},
    see: 'getent passwd tina; ls -d /home/tina 2>/dev/null; echo none',
    seen: 'none',
  },
  {
    module: 'group',
    title: 'removes a group',
    args: {name: 'crew', state: 'absent'},
    see: 'getent group crew; echo none',
    seen: 'none',
  },
  {
    module: 'hostname',
    title: 'names the host',
    prepare: 'echo other >/etc/hostname; hostname other',
    args: {name: 'modules'},
    see: 'cat /etc/hostname; uname -n',
    seen: 'modules\nmodules',
  },
  {
    module: 'sysctl',
    title: 'sets a parameter in its own file',
    prepare: 'rm -f /etc/sysctl.d/60-t.conf; sysctl -q -w net.ipv4.ip_local_port_range="32768 60999"',
    args: {
      name: 'net.ipv4.ip_local_port_range',
      value: '20000 60999',
      sysctl_file: '/etc/sysctl.d/60-t.conf',
      sysctl_set: true,
    },
    see: 'cat /etc/sysctl.d/60-t.conf /proc/sys/net/ipv4/ip_local_port_range',
    seen: 'net.ipv4.ip_local_port_range=20000 60999\n20000\t60999',
  },
  {
    module: 'sysctl',
    title: 'removes a parameter from a file',
    args: {name: 'net.ipv4.ip_local_port_range', state: 'absent', sysctl_file: '/etc/sysctl.d/60-t.conf'},
    see: 'wc -c </etc/sysctl.d/60-t.conf; sysctl -q -w net.ipv4.ip_local_port_range="32768 60999"',
    seen: '0',
  },
  {
    module: 'modprobe',
    title: 'has a module loaded at each start',
    args: {name: 'loop', state: 'present', persistent: 'present'},
    prepare: 'rm -f /etc/modules-load.d/loop.conf; [ -d /sys/module/loop ]',
    see: 'cat /etc/modules-load.d/loop.conf; rm /etc/modules-load.d/loop.conf',
    seen: 'loop',
  },
  {
    module: 'swapfile',
    title: 'removes a swap file',
    // Sandbox hosts may not use swap: what comes before swapon and after swapoff is all that can be tried there.
    prepare:
      'fallocate -l 8MiB /var/t.swap; printf "/dev/none / ext4 defaults 0 0\\n/var/t.swap none swap sw 0 0\\n" >/etc/fstab',
    args: {path: '/var/t.swap', state: 'absent'},
    see: 'ls /var/t.swap 2>/dev/null; cat /etc/fstab',
    seen: '/dev/none / ext4 defaults 0 0',
  },
  {
    module: 'swapfile',
    title: 'is in order when there is no swap file and none is wanted',
    args: {state: 'absent'},
    alreadyInOrder: true,
  },
]

const packages: readonly Scenario[] = [
  {
    module: 'apt',
    title: 'installs packages with fresh lists',
    prepare:
      'apt-get -qq -y purge cron openssl ufw >/dev/null 2>&1; apt-get -qq -y autoremove >/dev/null 2>&1; rm -rf /var/lib/apt/lists/*',
    args: {
      name: ['cron', 'openssl', 'ufw', 'tzdata'],
      update_cache: true,
      cache_valid_time: 3600,
      install_recommends: false,
    },
    see: "dpkg-query -W -f '${Package} ${db:Status-Status}\\n' cron openssl ufw",
    seen: 'cron installed\nopenssl installed\nufw installed',
  },
  {
    module: 'apt',
    title: 'takes a virtual package for there when it is provided',
    args: {name: 'awk'},
    alreadyInOrder: true,
  },
  {
    module: 'apt',
    title: 'brings the lists up to date when they are too old',
    prepare: "touch -d '2 days ago' /var/lib/apt/lists",
    args: {update_cache: true, cache_valid_time: 3600},
  },
  {
    module: 'apt',
    title: 'has the latest version',
    args: {name: 'cron', state: 'latest', update_cache: true},
    alreadyInOrder: true,
  },
  {
    module: 'apt',
    title: 'removes a package with its configuration',
    args: {name: 'cron-daemon-common', state: 'absent', purge: true},
    prepare: 'apt-get -qq -y install cron >/dev/null 2>&1',
    see: "dpkg-query -W -f '${db:Status-Status}' cron-daemon-common 2>/dev/null || echo unknown; apt-get -qq -y install cron >/dev/null 2>&1",
    seen: 'unknown',
  },
  {
    module: 'service',
    title: 'stops a service and keeps it from starting',
    args: {name: 'cron', state: 'stopped', enabled: false},
    see: 'systemctl is-active cron; systemctl is-enabled cron; true',
    seen: 'inactive\ndisabled',
  },
  {
    module: 'service',
    title: 'starts a service and has it start with the host',
    args: {name: 'cron', state: 'started', enabled: true},
    see: 'systemctl is-active cron; systemctl is-enabled cron; true',
    seen: 'active\nenabled',
  },
  {
    module: 'service',
    title: 'restarts a service',
    args: {name: 'cron', state: 'restarted'},
    see: 'systemctl is-active cron',
    seen: 'active',
    action: true,
  },
  {
    module: 'systemd',
    title: 'reads changed unit files anew',
    prepare:
      'mkdir -p /etc/systemd/system/cron.service.d; printf "[Service]\\nNice=5\\n" >/etc/systemd/system/cron.service.d/t.conf',
    args: {daemon_reload: true},
    see: 'systemctl show -p Nice cron; rm -r /etc/systemd/system/cron.service.d; systemctl daemon-reload',
    seen: 'Nice=5',
  },
  {
    module: 'systemd_service',
    title: 'masks a unit',
    args: {name: 'cron.service', masked: true, state: 'stopped'},
    see: 'systemctl is-enabled cron; true',
    seen: 'masked',
  },
  {
    module: 'systemd',
    title: 'unmasks and starts a unit',
    args: {name: 'cron', masked: false, enabled: true, state: 'started'},
    see: 'systemctl is-enabled cron; systemctl is-active cron',
    seen: 'enabled\nactive',
  },
  {
    module: 'cron',
    title: 'adds a job to the crontab of root',
    prepare: 'printf "5 5 * * * /bin/true\\n" | crontab -',
    args: {name: 'nightly backup', minute: '10', hour: 3, job: 'echo "%"'},
    see: 'crontab -l',
    seen: '5 5 * * * /bin/true\n#Ansible: nightly backup\n10 3 * * * echo "%"',
  },
  {
    module: 'cron',
    title: 'adds a job to a file in cron.d',
    args: {name: 'hourly', special_time: 'hourly', job: '/bin/true', cron_file: 't_jobs'},
    see: "cat /etc/cron.d/t_jobs; stat -c '%a %U' /etc/cron.d/t_jobs; rm /etc/cron.d/t_jobs",
    seen: '#Ansible: hourly\n@hourly root /bin/true\n644 root',
  },
  {
    module: 'cron',
    title: 'removes a job from a crontab',
    args: {name: 'nightly backup', state: 'absent'},
    see: 'crontab -l; crontab -r',
    seen: '5 5 * * * /bin/true',
  },
  {
    module: 'timezone',
    title: 'sets the time zone',
    prepare: 'ln -sfn /usr/share/zoneinfo/Etc/UTC /etc/localtime',
    args: {name: 'Europe/Berlin'},
    see: 'readlink /etc/localtime; ln -sfn /usr/share/zoneinfo/Etc/UTC /etc/localtime',
    seen: '/usr/share/zoneinfo/Europe/Berlin',
  },
]

const secrets: readonly Scenario[] = [
  {
    module: 'openssl_privatekey',
    title: 'makes a key on a curve',
    prepare: 'rm -f /srv/t/key.pem /srv/t/cert.pem',
    args: {path: '/srv/t/key.pem', type: 'ECC', mode: '0640', group: 'adm'},
    see: "stat -c '%a %G' /srv/t/key.pem; openssl pkey -in /srv/t/key.pem -noout -text_pub | tail -n 2",
    seen: '640 adm\nASN1 OID: prime256v1\nNIST CURVE: P-256',
  },
  {
    module: 'openssl_privatekey',
    title: 'replaces a key of another kind',
    prepare: 'openssl genrsa -out /srv/t/rsa.pem 1024 2>/dev/null',
    args: {path: '/srv/t/rsa.pem', size: 2048},
    see: 'stat -c %a /srv/t/rsa.pem; openssl pkey -in /srv/t/rsa.pem -noout -text_pub | head -n 1',
    seen: '600\nPublic-Key: (2048 bit)',
  },
  {
    module: 'x509_certificate',
    title: 'makes a certificate',
    args: {
      path: '/srv/t/cert.pem',
      privatekey_path: '/srv/t/key.pem',
      common_name: 'chat.example.com',
      subject_alt_name: ['DNS:chat.example.com', 'IP:192.0.2.1'],
      selfsigned_not_after: '+365d',
    },
    see: 'openssl x509 -in /srv/t/cert.pem -noout -checkhost chat.example.com; openssl x509 -in /srv/t/cert.pem -noout -checkip 192.0.2.1',
    seen: 'Hostname chat.example.com does match certificate\nIP 192.0.2.1 does match certificate',
  },
  {
    module: 'x509_certificate',
    title: 'replaces a certificate that an authority signed',
    prepare:
      'cd /srv/t && openssl req -x509 -new -newkey rsa:2048 -nodes -keyout ca.key -days 90 -subj /CN=authority -out ca.pem 2>/dev/null && openssl req -x509 -new -key key.pem -days 90 -subj /CN=chat.example.com -addext subjectAltName=DNS:chat.example.com -CA ca.pem -CAkey ca.key -out cert3.pem',
    args: {path: '/srv/t/cert3.pem', privatekey_path: '/srv/t/key.pem', common_name: 'chat.example.com'},
    see: 'openssl x509 -in /srv/t/cert3.pem -noout -issuer',
    seen: 'issuer=CN=chat.example.com',
  },
  {
    module: 'x509_certificate',
    title: 'replaces a certificate that soon ends',
    prepare:
      'openssl req -x509 -new -key /srv/t/key.pem -days 20 -subj /CN=chat.example.com -addext subjectAltName=DNS:chat.example.com -out /srv/t/cert2.pem',
    args: {path: '/srv/t/cert2.pem', privatekey_path: '/srv/t/key.pem', common_name: 'chat.example.com'},
    see: 'openssl x509 -in /srv/t/cert2.pem -noout -checkend 2592000',
    seen: 'Certificate will not expire',
  },
]

const serve =
  'apt-get -qq -y install busybox >/dev/null 2>&1; mkdir -p /srv/www; printf -- "-----BEGIN PGP PUBLIC KEY BLOCK-----\\n\\nx\\n" >/srv/www/gpg; pidof -q busybox || busybox httpd -p 127.0.0.1:8099 -h /srv/www'

const downloads: readonly Scenario[] = [
  {
    module: 'get_url',
    title: 'downloads a file with what apt has',
    prepare: `rm -f /srv/t/gpg; ${serve}`,
    args: {url: 'http://127.0.0.1:8099/gpg', dest: '/srv/t', mode: '0640'},
    see: 'head -n 1 /srv/t/gpg; stat -c %a /srv/t/gpg',
    seen: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n640',
  },
  {
    module: 'get_url',
    title: 'replaces a file that is not what the checksum says',
    prepare: 'echo other >/srv/t/gpg',
    args: {
      url: 'http://127.0.0.1:8099/gpg',
      dest: '/srv/t/gpg',
      checksum: 'sha256:e62e33d1b49290469c72711a48f015f59fdb29431e857b7f5f1e319785a4852b',
    },
    see: 'cmp /srv/t/gpg /srv/www/gpg && echo same',
    seen: 'same',
  },
  {
    module: 'deb822_repository',
    title: 'adds a repository with its key',
    prepare: 'rm -f /etc/apt/keyrings/stand-in.* /etc/apt/sources.list.d/stand-in.*',
    args: {
      name: 'Stand in',
      uris: 'http://127.0.0.1:8099/debian',
      suites: ['trixie'],
      components: 'main',
      architectures: 'amd64',
      signed_by: 'http://127.0.0.1:8099/gpg',
      enabled: false,
    },
    see: 'cat /etc/apt/sources.list.d/stand-in.sources; cmp /etc/apt/keyrings/stand-in.asc /srv/www/gpg && echo same; apt-get -qq indextargets >/dev/null && echo readable',
    seen: 'X-Repolib-Name: Stand in\nTypes: deb\nURIs: http://127.0.0.1:8099/debian\nSuites: trixie\nComponents: main\nArchitectures: amd64\nSigned-By: /etc/apt/keyrings/stand-in.asc\nEnabled: no\nsame\nreadable',
  },
  {
    module: 'deb822_repository',
    title: 'removes a repository',
    args: {name: 'Stand in', state: 'absent'},
    see: 'ls /etc/apt/sources.list.d /etc/apt/keyrings | grep -c stand; busybox kill $(pidof busybox); true',
    seen: '0',
  },
]

const composeFile = `name: t
services:
  cache:
    image: redis:7.4-alpine
    restart: unless-stopped
    healthcheck: {test: [CMD, redis-cli, ping], interval: 1s, timeout: 2s, retries: 30}
  once:
    image: redis:7.4-alpine
    command: [redis-cli, -h, cache, ping]
    depends_on: {cache: {condition: service_healthy}}
`

const docker: readonly Scenario[] = [
  {
    module: 'docker_compose_v2',
    title: 'sees a host without docker',
    prepare:
      '! command -v docker || { docker compose -p t down -v -t 1; apt-get -qq -y purge docker.io docker-cli docker-compose; } >/dev/null 2>&1',
    args: {project_src: '/srv/none', state: 'absent'},
    alreadyInOrder: true,
  },
  {
    module: 'docker_image_pull',
    title: 'pulls an image',
    prepare:
      'apt-get -qq -y install docker.io docker-cli docker-compose >/dev/null 2>&1; docker image rm -f redis:7.4-alpine >/dev/null 2>&1; true',
    args: {name: 'redis:7.4-alpine', pull: 'not_present'},
    see: 'docker image inspect -f "{{len .RepoTags}}" redis:7.4-alpine',
    seen: '1',
  },
  {
    module: 'docker_compose_v2',
    title: 'brings services up and waits for their health',
    prepare: `mkdir -p /srv/project; printf '%s' '${composeFile}' >/srv/project/compose.yaml; docker network prune -f >/dev/null`,
    args: {project_src: '/srv/project', wait: true, wait_timeout: 120, services: ['cache']},
    see: "docker inspect -f '{{.State.Health.Status}}' t-cache-1",
    seen: 'healthy',
  },
  {
    module: 'docker_compose_v2',
    title: 'runs what is run once, and takes it for done',
    args: {project_src: '/srv/project/'},
    see: "sleep 2; docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' t-once-1; docker logs t-once-1",
    seen: 'exited 0\nPONG',
  },
  {
    module: 'docker_compose_v2',
    title: 'makes a container anew when its configuration changed',
    prepare: 'sed -i "s/unless-stopped/always/" /srv/project/compose.yaml',
    args: {project_src: '/srv/project', wait: true, services: ['cache']},
    see: "docker inspect -f '{{.HostConfig.RestartPolicy.Name}}' t-cache-1",
    seen: 'always',
  },
  {
    module: 'docker_compose_v2',
    title: 'runs a service in two containers',
    args: {project_src: '/srv/project', services: ['cache'], scale: {cache: 2}},
    see: 'docker ps -q --filter name=t-cache | wc -l; docker rm -f t-cache-2 >/dev/null',
    seen: '2',
  },
  {
    module: 'docker_compose_v2',
    title: 'starts a container that was stopped',
    prepare: 'docker stop -t 1 t-cache-1 >/dev/null',
    args: {project_src: '/srv/project', wait: true, services: ['cache']},
    see: "docker inspect -f '{{.State.Health.Status}}' t-cache-1",
    seen: 'healthy',
  },
  {
    module: 'docker_compose_v2',
    title: 'restarts services',
    args: {project_src: '/srv/project', state: 'restarted', services: ['cache'], timeout: 1},
    action: true,
  },
  {
    module: 'docker_container_exec',
    title: 'runs a command with stdin and variables',
    args: {
      container: 't-cache-1',
      argv: ['sh', '-c', 'cat >/tmp/x; printf "%s" "$A" >>/tmp/x'],
      stdin: 'in',
      env: {A: "it's"},
    },
    see: 'docker exec t-cache-1 cat /tmp/x',
    seen: "in\nit's",
    action: true,
  },
  {
    module: 'docker_compose_v2',
    title: 'stops services',
    args: {project_src: '/srv/project', state: 'stopped', timeout: 1},
    see: "docker inspect -f '{{.State.Status}}' t-cache-1",
    seen: 'exited',
  },
  {
    module: 'docker_compose_v2',
    title: 'removes a project',
    args: {project_src: '/srv/project', state: 'absent', remove_volumes: true},
    see: 'docker ps -aq --filter label=com.docker.compose.project=t | wc -l',
    seen: '0',
  },
  {
    module: 'docker_image',
    title: 'removes an image',
    args: {name: 'redis', tag: '7.4-alpine', state: 'absent'},
    see: 'docker image ls -q redis | wc -l',
    seen: '0',
  },
]

const firewall: readonly Scenario[] = [
  {
    module: 'ufw',
    title: 'allows a port with a comment',
    prepare: 'ufw --force reset >/dev/null',
    args: {rule: 'allow', port: 'ssh', proto: 'tcp', comment: 'SSH & more'},
    see: "ufw show added | grep -v '^Added'",
    seen: "ufw allow 22/tcp comment 'SSH & more'",
  },
  {
    module: 'ufw',
    title: 'allows ports from a network',
    args: {rule: 'allow', to_port: '80,443', proto: 'tcp', from_ip: '198.18.0.0/15'},
    see: 'ufw show added | grep 198.18',
    seen: 'ufw allow from 198.18.0.0/15 to any port 80,443 proto tcp',
  },
  {
    module: 'ufw',
    title: 'denies on an interface',
    args: {rule: 'deny', port: 25, interface: 'host0', direction: 'in'},
    see: 'ufw show added | grep host0',
    seen: 'ufw deny in on host0 to any port 25',
  },
  {
    module: 'ufw',
    title: 'sets the policy for what comes in',
    prepare: 'ufw default allow incoming >/dev/null',
    args: {policy: 'deny', direction: 'incoming'},
  },
  {
    module: 'ufw',
    title: 'sets the policy for what goes out',
    prepare: 'ufw default deny outgoing >/dev/null',
    args: {default: 'allow', direction: 'outgoing'},
  },
  {module: 'ufw', title: 'sets how much is logged', prepare: 'ufw logging low >/dev/null', args: {logging: 'off'}},
  {
    module: 'ufw',
    title: 'turns the firewall on',
    prepare: 'ufw show added | grep -q 22/tcp',
    args: {state: 'enabled'},
    see: 'ufw status | head -n 1',
    seen: 'Status: active',
  },
  {
    module: 'ufw',
    title: 'turns a firewall on that is only configured',
    prepare: 'iptables -P INPUT ACCEPT; iptables -F',
    args: {state: 'enabled'},
    see: 'iptables -S INPUT | head -n 2; iptables -S ufw-user-input | grep -c 22',
    seen: '-P INPUT DROP\n-A INPUT -j ufw-before-logging-input\n1',
  },
  {
    module: 'ufw',
    title: 'changes the action of a rule',
    // Not the port of SSH: the tests log in more often than ufw's limit allows.
    prepare: 'ufw allow proto tcp to any port 2222 >/dev/null',
    args: {rule: 'limit', port: 2222, proto: 'tcp'},
    see: 'ufw show added | grep 2222/tcp',
    seen: 'ufw limit 2222/tcp',
  },
  {
    module: 'ufw',
    title: 'deletes a rule',
    args: {rule: 'deny', port: 25, interface: 'host0', delete: true},
    see: 'ufw show added | grep -c host0; true',
    seen: '0',
  },
  {
    module: 'ufw',
    title: 'turns the firewall off',
    args: {state: 'disabled'},
    see: 'ufw status | head -n 1',
    seen: 'Status: inactive',
  },
]

/** All scenarios, in the order in which they are run. */
export const scenarios: readonly Scenario[] = [
  ...files,
  ...commands,
  ...system,
  ...packages,
  ...moreFiles,
  ...morePackages,
  ...moreSystem,
  ...moreApt,
  ...moreFirewall,
  ...secrets,
  ...downloads,
  ...docker,
  ...moreDocker,
  ...firewall,
  ...web,
  ...copies,
  ...folders,
  ...archives,
]
