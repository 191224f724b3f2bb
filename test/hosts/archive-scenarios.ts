import type {Scenario} from './module-scenarios.ts'

const tree =
  "rm -rf /srv/ar; mkdir -p '/srv/ar/t/in side/empty'; cd /srv/ar; echo a >t/a.txt; echo b >'t/in side/b.log'; touch -d 2024-01-02 t/a.txt"

/** Scenarios of archives that are made on the host, of INI files, and of facts. */
export const archives: readonly Scenario[] = [
  {
    module: 'archive',
    title: 'packs a folder',
    prepare: tree,
    args: {path: '/srv/ar/t', dest: '/srv/ar/t.tgz', mode: '0600'},
    see: 'tar -tzf /srv/ar/t.tgz | sort; stat -c %a /srv/ar/t.tgz',
    seen: 't/a.txt\nt/in side/\nt/in side/b.log\nt/in side/empty/\n600',
  },
  {
    module: 'archive',
    title: 'packs what globs name, without what is left out, and removes it',
    prepare: `apt-get -qq -y install bzip2 xz-utils >/dev/null 2>&1; ${tree}`,
    args: {
      path: ['/srv/ar/t/*'],
      exclude_path: ['/srv/ar/t/a.txt'],
      exclusion_patterns: ['*.log'],
      dest: '/srv/ar/t.tar.xz',
      format: 'xz',
      remove: true,
    },
    see: 'tar -tJf /srv/ar/t.tar.xz; find /srv/ar/t',
    seen: 'in side/empty/\n/srv/ar/t\n/srv/ar/t/a.txt',
  },
  {
    module: 'archive',
    title: 'compresses one file',
    prepare: tree,
    args: {path: '/srv/ar/t/a.txt', format: 'bz2'},
    see: 'bzip2 -dc /srv/ar/t/a.txt.bz2',
    seen: 'a',
  },
  {
    module: 'archive',
    title: 'makes a zip',
    prepare: `apt-get -qq -y install zip unzip >/dev/null 2>&1; ${tree}`,
    args: {path: ['/srv/ar/t', '/srv/ar/none'], dest: '/srv/ar/t.zip', format: 'zip'},
    see: 'unzip -Z1 /srv/ar/t.zip | sort; unzip -p /srv/ar/t.zip t/a.txt',
    seen: 't/a.txt\nt/in side/\nt/in side/b.log\nt/in side/empty/\na',
  },
  {
    module: 'ini_file',
    title: 'sets an option that is a comment, in its section',
    prepare: "printf '[One]\\n#Storage=auto\\nx=1\\n\\n[Two]\\nStorage=auto\\n' >/srv/one.ini",
    args: {path: '/srv/one.ini', section: 'One', option: 'Storage', value: 'persistent', no_extra_spaces: true},
    see: 'cat /srv/one.ini',
    seen: '[One]\nStorage=persistent\nx=1\n\n[Two]\nStorage=auto',
  },
  {
    module: 'ini_file',
    title: 'adds a section to a file that is not there yet',
    prepare: 'rm -f /srv/two.ini',
    args: {path: '/srv/two.ini', section: 'New', option: 'name', value: 'value', mode: '0640'},
    see: 'cat /srv/two.ini; stat -c %a /srv/two.ini',
    seen: '\n[New]\nname = value\n640',
  },
  {module: 'service_facts', title: 'knows the services', args: {}, alreadyInOrder: true},
  {module: 'package_facts', title: 'knows the packages', args: {manager: 'auto'}, alreadyInOrder: true},
]
