import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {moduleMap, modules} from '../../src/modules/index.ts'
import {loadPlaybook} from '../../src/playbook/playbook.ts'
import {markdown} from '../../src/reference/markdown.ts'
import {moduleEntry} from '../../src/reference/module-entry.ts'
import {modulePage} from '../../src/reference/module-text.ts'
import {writeYaml} from '../../src/yaml.ts'

const entries = modules.map(moduleEntry)
const folder = mkdtempSync(join(tmpdir(), 'reference-'))

test('every module has a topic and an example', () => {
  const lacking = entries.filter(({topic, example}) => topic === 'other' || example === undefined)
  expect(lacking.map(({name}) => name)).toEqual([])
})

test('every argument is described', () => {
  const lacking = entries.flatMap(({name, arguments: all}) =>
    all.filter(({description}) => description === '').map(one => `${name}: ${one.name}`),
  )
  expect(lacking).toEqual([])
})

test('the examples are tasks that a playbook may have, each with its module', async () => {
  const file = join(folder, 'site.yml')
  const examples = entries.flatMap(({example}) => (example ? [example] : []))
  writeFileSync(file, writeYaml([{hosts: 'all', tasks: examples}]))
  const [play] = await loadPlaybook(file, moduleMap)
  const names = play?.entries.map(entry => (entry.kind === 'task' ? entry.module.name : entry.kind))
  expect(names).toEqual([...entries.filter(({example}) => example).map(({name}) => name), 'meta'])
})

test('docs/modules.md tells of the modules as they are; npm run docs writes it', () => {
  const written = readFileSync(new URL('../../docs/modules.md', import.meta.url), 'utf8')
  const made = markdown(entries)
  const sections = (text: string) => text.split(/^(?=##)/m)
  const [there, wanted] = [sections(written), sections(made)]
  const stale = [...there.filter(one => !wanted.includes(one)), ...wanted.filter(one => !there.includes(one))]
  // The headings alone: a whole page of differences says no more.
  expect([...new Set(stale.map(section => section.split('\n')[0]))]).toEqual([])
  expect(made === written).toBe(true)
})

test('a page shows arguments with type, default and choices, check mode, free text, result and an example', () => {
  const page = (name: string) => entries.filter(entry => entry.name === name).map(modulePage)[0]
  expect(page('setup')).toMatchInlineSnapshot(`
    "setup: Gathers facts about the host, with Ansible's names.

    Arguments
      gather_subset  list    Taken for playbooks that have it; all facts are always gathered.
      filter         list    Only facts whose names match one of these globs.

    Works on the host, which needs no Python.
    Check mode says what would change, and changes nothing.
    register gets changed, failed, skipped, msg, ansible_facts, and what the module found or did.

    Example
      - name: Facts about memory
        setup:
          filter: ansible_mem*
    "
  `)
  expect(page('raw')).toMatchInlineSnapshot(`
    "raw: Runs a script as it is. No module needs Python on the host, so shell does the same and more.

    Arguments
      _raw_params  text  required  The script as free text after the module name.

    Works on the host, which needs no Python.
    Check mode skips it: what it would do cannot be foretold.
    Takes free text: raw: TEXT.
    register gets changed, failed, skipped, msg, and what the module found or did.

    Example
      - name: How long it has been up
        raw: uptime
        changed_when: false
    "
  `)
  expect(page('cron')).toMatchInlineSnapshot(`
    "cron: Has a command run at set times, by the crontab of a user or a file in /etc/cron.d.

    Arguments
      name          text              required          What the job is called; it is found again by this.
      job           text                                The command. Also: value.
      state         present | absent  default: present  Whether the job is to be there.
      minute        text              default: *        Minutes.
      hour          text              default: *        Hours.
      day           text              default: *        Days of the month. Also: dom.
      month         text              default: *        Months.
      weekday       text              default: *        Days of the week. Also: dow.
      special_time  one of                              A time by name, instead of the five fields. reboot |
                                                        yearly | annually | monthly | weekly | daily | hourly
      user          text              default: root     As whom the job runs.
      cron_file     text                                A file in /etc/cron.d, instead of the crontab of the user.
      disabled      boolean           default: false    The job stays, but does not run.
      env           boolean           default: false    name is an environment variable of the jobs, and job its
                                                        value.
      insertafter   text                                With env: the variable after which a new one is put.
      insertbefore  text                                With env: the variable before which a new one is put.

    Works on the host, which needs no Python.
    Check mode says what would change, and changes nothing.
    register gets changed, failed, skipped, msg, and what the module found or did.

    Example
      - name: Backup at night
        cron:
          name: backup
          hour: '3'
          minute: '10'
          job: /usr/local/bin/backup
    "
  `)
})
