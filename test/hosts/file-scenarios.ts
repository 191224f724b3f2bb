import type {Scenario} from './module-scenarios.ts'

/** Scenarios of files that are copied on the host. */
export const copies: readonly Scenario[] = [
  {
    module: 'copy',
    title: 'copies a file of the host, mode included',
    prepare: "mkdir -p /srv/c; rm -rf /srv/c/*; printf 'a\\0b' >/srv/c/one; chmod 0750 /srv/c/one; mkdir /srv/c/in",
    args: {src: '/srv/c/one', dest: '/srv/c/in/', remote_src: true, mode: 'preserve', group: 'adm'},
    see: "stat -c '%a %G' /srv/c/in/one; cmp /srv/c/one /srv/c/in/one",
    seen: '750 adm',
  },
  {
    module: 'copy',
    title: 'replaces a file by one of the host, and keeps the old one',
    prepare: 'echo old >/srv/c/two; chmod 0600 /srv/c/two; rm -f /srv/c/two.*',
    args: {src: '/srv/c/one', dest: '/srv/c/two', remote_src: true, backup: true, validate: 'grep -q a %s'},
    see: 'stat -c %a /srv/c/two; cmp /srv/c/one /srv/c/two; cat /srv/c/two.*~',
    seen: '600\nold',
  },
  {
    module: 'copy',
    title: 'copies a folder of the host into another one',
    prepare:
      "rm -rf /srv/c/tree /srv/c/out; mkdir -p '/srv/c/tree/in side' /srv/c/out; echo x >'/srv/c/tree/in side/x'; ln -s x '/srv/c/tree/in side/link'; touch /srv/c/out/mine; chmod 0640 /srv/c/out/mine",
    args: {
      src: '/srv/c/tree',
      dest: '/srv/c/out',
      remote_src: true,
      mode: '0600',
      directory_mode: '0700',
      owner: 'daemon',
    },
    see: "cd /srv/c/out; stat -c '%a %U %n' mine 'tree/in side' 'tree/in side/x'; readlink 'tree/in side/link'",
    seen: '640 root mine\n700 daemon tree/in side\n600 daemon tree/in side/x\nx',
  },
  {
    module: 'copy',
    title: 'copies what is in a folder, and only what differs is a change',
    prepare: "echo y >'/srv/c/out/tree/in side/x'",
    args: {src: '/srv/c/tree/', dest: '/srv/c/out/tree', remote_src: true},
    see: "cat '/srv/c/out/tree/in side/x'; stat -c %a '/srv/c/out/tree/in side/x'",
    seen: 'x\n600',
  },
  {
    module: 'apt',
    title: 'upgrades all packages',
    prepare: 'apt-get -qq update >/dev/null 2>&1; apt-get -qq -y dist-upgrade >/dev/null 2>&1; true',
    args: {upgrade: 'dist'},
    alreadyInOrder: true,
  },
]
