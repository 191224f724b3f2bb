/** A task of a playbook, as YAML has it. */
export type Task = {readonly [word: string]: unknown}

/** What is done to the hosts and timed: which playbook, and how the hosts are made ready for the next time. */
export type Work = {
  readonly name: 'no-op' | 'first apply' | 'one file changed' | '100 small files' | '2 MB file' | '200 MB file'
  readonly playbook: string
  /** Whether the playbook was applied before. */
  readonly again: boolean
  /** Shell for root on each host, before each run; nothing where a run leaves all as it was. */
  readonly reset: string
}

/** Where the files of the tasks go. */
const folder = '/opt/bench'

/** Thirty tasks as a small server has them: packages, 8 directories, 10 templates, 5 lines, 3 users, 3 services. */
export const thirtyTasks: readonly Task[] = [
  {apt: {name: ['tree', 'bc']}},
  ...numbers(8).map(n => ({file: {path: `${folder}/part${n}`, state: 'directory', mode: '0750'}})),
  ...numbers(7).map(n => ({
    template: {src: 'settings.conf.j2', dest: `${folder}/part${n}/settings.conf`, mode: '0640'},
    vars: {part: n},
  })),
  ...numbers(3).map(n => ({
    template: {src: 'unit.service.j2', dest: `/etc/systemd/system/bench${n}.service`, mode: '0644'},
    vars: {part: n},
  })),
  ...numbers(5).map(n => ({
    lineinfile: {
      path: `${folder}/part1/lines`,
      regexp: `^key${n} =`,
      line: `key${n} = value ${n}`,
      create: true,
      mode: '0644',
    },
  })),
  ...numbers(3).map(n => ({user: {name: `bench${n}`, shell: '/bin/sh'}})),
  ...numbers(3).map(n => ({systemd: {name: `bench${n}`, state: 'started', enabled: true}})),
]

/** Takes from a host what the thirty tasks put there. */
const removeThirty = `
for n in 1 2 3; do systemctl disable -q --now bench$n; rm -f /etc/systemd/system/bench$n.service; userdel -r bench$n; done 2>/dev/null
systemctl daemon-reload
rm -rf ${folder}
DEBIAN_FRONTEND=noninteractive apt-get purge -qq -y -o DPkg::Lock::Timeout=60 tree bc >/dev/null`

/** All that is timed, in the order in which it is done. */
export const works: readonly Work[] = [
  {name: 'first apply', playbook: 'thirty.yml', again: false, reset: removeThirty},
  {name: 'no-op', playbook: 'thirty.yml', again: true, reset: ''},
  {
    name: 'one file changed',
    playbook: 'thirty.yml',
    again: true,
    reset: `echo changed >>${folder}/part5/settings.conf`,
  },
  {
    name: '100 small files',
    playbook: 'small-files.yml',
    again: false,
    reset: `rm -rf ${folder}/small; mkdir -p ${folder}/small`,
  },
  // The one goes the same way as the other: the difference is what the bytes take.
  {name: '2 MB file', playbook: 'little.yml', again: false, reset: removeFile('little')},
  {name: '200 MB file', playbook: 'big.yml', again: false, reset: removeFile('big')},
]

/** One task that puts 100 small files onto a host. */
export const smallFiles: readonly Task[] = [
  {copy: {src: '{{ item }}', dest: `${folder}/small/`, mode: '0644'}, with_fileglob: ['small/*']},
]

/** One task that puts one file onto a host. */
export function oneFile(name: string): readonly Task[] {
  return [{copy: {src: name, dest: `${folder}/${name}`, mode: '0644'}}]
}

function removeFile(name: string): string {
  return `rm -f ${folder}/${name} /home/*/${name}; mkdir -p ${folder}; sync`
}

function numbers(count: number): readonly number[] {
  return Array.from({length: count}, (_, index) => index + 1)
}
