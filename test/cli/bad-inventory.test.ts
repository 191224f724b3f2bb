import {describe, expect, test} from 'vitest'
import {run, runFiles} from './refused.ts'

const play = `
  - hosts: web
    tasks:
      - ping:
`

function withHosts(hosts: string): Promise<string> {
  return run(play, {'hosts.yml': hosts})
}

describe('an inventory is refused, with the place, for', () => {
  test('an unknown key of a group', async () => {
    const hosts = `
      web:
        host:
          web1:
        variables:
          port: 80
    `
    expect(await withHosts(hosts)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/hosts.yml:2:3: the group "web" has no key "host"
        2 |   host:
          |   ^
        expected: hosts, children, vars
        Did you mean "hosts"?

      FOLDER/hosts.yml:4:3: the group "web" has no key "variables"
        4 |   variables:
          |   ^
        expected: hosts, children, vars

      2 problems"
    `)
  })

  test('hosts as a list', async () => {
    const hosts = `
      web:
        hosts:
          - web1
          - web2
    `
    expect(await withHosts(hosts)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/hosts.yml:3:5: found a list here
        3 |     - web1
          |     ^
        expected: a map of hosts, each with a colon after its name"
    `)
  })

  test('hosts without their colons', async () => {
    const hosts = `
      web:
        hosts: web1 web2
    `
    expect(await withHosts(hosts)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/hosts.yml:2:10: found "web1 web2" here
        2 |   hosts: web1 web2
          |          ^
        expected: a map of hosts, each with a colon after its name"
    `)
  })

  test('a host whose variables are a text', async () => {
    const hosts = `
      web:
        hosts:
          web1: 10.0.0.1
    `
    expect(await withHosts(hosts)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/hosts.yml:3:11: found "10.0.0.1" here
        3 |     web1: 10.0.0.1
          |           ^
        expected: a map of variables"
    `)
  })

  test('a range that makes no sense', async () => {
    const hosts = `
      web:
        hosts:
          web[9:3]:
    `
    expect(await withHosts(hosts)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/hosts.yml:3:5: the range in "web[9:3]" makes no sense
        3 |     web[9:3]:
          |     ^
        expected: web[01:20]"
    `)
  })

  test('groups that contain each other', async () => {
    const hosts = `
      web:
        hosts: {web1: }
        children:
          front:
      front:
        children:
          web:
    `
    expect(await withHosts(hosts)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/hosts.yml:1:1: groups contain each other in a circle: web -> front -> web
        1 | web:
          | ^"
    `)
  })

  test('bad YAML', async () => {
    const hosts = `
      web:
        hosts:
          web1:
          ansible_host 10.0.0.1
          web2:
    `
    expect(await withHosts(hosts)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/hosts.yml:4:5: a colon is missing after a key
        4 |     ansible_host 10.0.0.1
          |     ^
        expected: key: value"
    `)
  })

  test('connection variables of a wrong kind', async () => {
    const hosts = `
      web:
        hosts:
          web1: {ansible_port: ssh}
          web2: {ansible_connection: docker}
          web3: {ansible_port: 70000}
          web4: {ansible_host: "{{ adress }}"}
          web5: {ansible_hots: 127.0.0.1, ansible_port: 9}
          web6: {ansible_ssh_common_args: "-o 'ProxyCommand nc %h %p"}
    `
    expect(await withHosts(hosts)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/hosts.yml:3:5: web1: ansible_port cannot be "ssh"
        3 |     web1: {ansible_port: ssh}
          |     ^
        expected: a whole number from 1 to 65535

      FOLDER/hosts.yml:4:5: web2: unknown ansible_connection "docker"
        4 |     web2: {ansible_connection: docker}
          |     ^
        expected: ssh, local or sandbox

      FOLDER/hosts.yml:5:5: web3: ansible_port cannot be "70000"
        5 |     web3: {ansible_port: 70000}
          |     ^
        expected: a whole number from 1 to 65535

      FOLDER/hosts.yml:6:5: web4: "adress" is not defined (in the variable "ansible_host")
        6 |     web4: {ansible_host: "{{ adress }}"}
          |     ^

      FOLDER/hosts.yml:8:5: web6: a quote is not closed in ansible_ssh_common_args
        8 |     web6: {ansible_ssh_common_args: "-o 'ProxyCommand nc %h %p"}
          |     ^
        expected: the same quote again

      5 problems"
    `)
  })

  test('mistakes in INI', async () => {
    const files = {'site.yml': play, 'hosts.ini': '[web]\nweb1 color = red\n\n[web:var]\nx=1\n'}
    expect(await runFiles(files, '-i', 'hosts.ini')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/hosts.ini:2:6: found "color" after a host
        2 | web1 color = red
          |      ^
        expected: name=value, without spaces around =

      FOLDER/hosts.ini:4:6: [web:var] is no kind of section
        4 | [web:var]
          |      ^
        expected: [web], [web:children] or [web:vars]
        Did you mean "vars"?

      2 problems"
    `)
  })

  test('mistakes in files of a folder', async () => {
    const files = {'site.yml': play, 'inventory/prod/1.yml': 'web: []\n', 'inventory/prod/2': '[web]\nweb[9:1]\n'}
    expect(await runFiles(files, '-i', 'prod')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/inventory/prod/1.yml:1:6: found a list here
        1 | web: []
          |      ^
        expected: hosts, children or vars

      FOLDER/inventory/prod/2:2:1: the range in "web[9:1]" makes no sense
        2 | web[9:1]
          | ^
        expected: web[01:20] or web:2222

      2 problems in 2 files"
    `)
  })

  test('having no hosts', async () => {
    expect(await withHosts('web:\n')).toMatchInlineSnapshot(`
      "exit 3
      error: no host of the inventory is in the playbook
      The plays want: web"
    `)
    expect(await withHosts('')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/site.yml:1:10: there is no host or group "web" in the inventory
        1 | - hosts: web
          |          ^"
    `)
  })
})
