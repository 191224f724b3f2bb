/** The words of the command line with which a playbook is run, besides inventory and variables of the lab. */
export type Words = readonly string[]

/** How playbooks are run where that is not twice without further words; after the last the host is as before it. */
const special: {readonly [playbook: string]: readonly Words[]} = {
  'checked.yml': [['--check', '--diff'], [], ['--check']],
  'tags.yml': [
    ['--tags', 'red'],
    ['--tags', 'blue,imported', '--skip-tags', 'green'],
    ['--skip-tags', 'red,always'],
    ['--tags', 'never,applied'],
    ['--tags', 'untagged,play'],
    [],
  ],
  'variables.yml': [['-e', 'over=extra said_so=said', '-e', '{"number": 9}'], [], []],
}

/** The runs of a playbook, one after the other. */
export function runsOf(playbook: string): readonly Words[] {
  return special[playbook] ?? [[], []]
}
