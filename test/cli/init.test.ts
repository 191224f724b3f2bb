import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {folderWith, provision, screen} from './program.ts'

const answers = `
  host: chat1
  ansible_host: 127.0.0.1
  ansible_port: 9
  ansible_user: deploy
  ansible_become_password: sentinel-one
  chatwoot_domain: chat.example.com
  chatwoot_admin_email: admin@example.com
  chatwoot_tls: letsencrypt
  chatwoot_acme_email: admin@example.com
  chatwoot_smtp: {address: smtp.example.com, username: me, password: sentinel-two}
`

describe('init without a terminal', () => {
  test('says where the answers are to come from', async () => {
    expect(screen(await provision(folderWith({}), ['init']))).toMatchInlineSnapshot(`
      "exit 3
      error: init asks questions, and there is no terminal
      Give the answers in a file: --answers FILE"
    `)
  })

  test('prints what it would write, writes nothing, and shows no secret', async () => {
    const folder = folderWith({'answers.yml': answers})
    const ran = await provision(folder, ['init', 'prod.yml', '--answers', 'answers.yml', '--print'])
    expect(screen(ran)).toMatchInlineSnapshot(`
      "exit 0
      These would be sealed in prod.secrets.age: ansible_become_password, chatwoot_smtp_password.
      stdout:
      # Made by provision init. To bring the site up, and after each change here: npx provision --inventory prod.yml
      # All inputs and their defaults: npx provision docs inputs. What is generated (passwords, keys) is sealed in
      # prod.secrets.age beside this file; that file, and the identity that opens it, are to be backed up.
      # Sealed there already: ansible_become_password, chatwoot_smtp_password.
      chatwoot:
        hosts:
          chat1:
            # Where SSH finds the host, and as whom.
            ansible_host: 127.0.0.1
            ansible_port: 9
            ansible_user: deploy

            # The site.
            # The name that browsers use, without https:// and without a slash.
            chatwoot_domain: chat.example.com

            # The first admin.
            # Whoever signs in first; also the super admin. Changing it later makes a second admin.
            chatwoot_admin_email: admin@example.com

            # TLS.
            # selfsigned: a certificate made on the host (browsers warn). letsencrypt: ordered and renewed by certbot, once
            # the domain points to the host and port 80 is open. provided: your own files, named below.
            chatwoot_tls: letsencrypt

            # For letsencrypt: where it writes to about the account; empty registers without an address.
            chatwoot_acme_email: admin@example.com

            # Sizes.
            # One of chatwoot_sizes, taken from the memory of the host; each value can be said on its own instead.
            # chatwoot_size: medium

            # Mail.
            # Without an address Chatwoot cannot send mail.
            chatwoot_smtp:
              address: smtp.example.com
              username: me
              password: '{{ chatwoot_smtp_password }}'"
    `)
    expect(existsSync(join(folder, 'prod.yml'))).toBe(false)
  })

  test('tells everything that is wrong with the answers, each with its place', async () => {
    const wrong = `
      hosst: chat1
      chatwoot_domain: https://chat.example.com
      chatwoot_smtp: {adress: 127.0.0.1, port: x, password: sentinel}
      chatwoot_tls: acme
      chatwoot_redis_password: {a: b}
    `
    const ran = await provision(folderWith({'answers.yml': wrong}), ['init', '--answers', 'answers.yml'])
    expect(screen(ran)).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/answers.yml:1:1: the answers lack ansible_host
        1 | hosst: chat1
          | ^
        expected: ansible_host: 203.0.113.10 (for example)

      FOLDER/answers.yml:1:1: there is no input "hosst"
        1 | hosst: chat1
          | ^
        expected: host, ansible_host, ansible_user and the like, and inputs, each by its name
        Did you mean "host"?

      FOLDER/answers.yml:1:1: the input "chatwoot_admin_email" is missing
        1 | hosst: chat1
          | ^
        expected: such as admin@example.com

      FOLDER/answers.yml:2:18: the input "chatwoot_domain" cannot be "https://chat.example.com"
        2 | chatwoot_domain: https://chat.example.com
          |                  ^
        expected: such as chat.example.com

      FOLDER/answers.yml:3:17: "chatwoot_smtp" takes no "adress"
        expected: address, port, domain, username, password, authentication, starttls, tls, verify
        Did you mean "address"?

      FOLDER/answers.yml:3:42: the input "chatwoot_smtp.port" cannot be "x"
        expected: a whole number

      FOLDER/answers.yml:4:15: the input "chatwoot_tls" cannot be "acme"
        4 | chatwoot_tls: acme
          |               ^
        expected: selfsigned, letsencrypt, provided

      FOLDER/answers.yml:5:1: there is no input "chatwoot_redis_password"
        5 | chatwoot_redis_password: {a: b}
          | ^
        expected: host, ansible_host, ansible_user and the like, and inputs, each by its name
        Did you mean "chatwoot_admin_password"?

      8 problems"
    `)
  })

  test('replaces no file', async () => {
    const folder = folderWith({'answers.yml': answers, 'prod.yml': 'mine'})
    expect(screen(await provision(folder, ['init', '--answers', 'answers.yml']))).toMatchInlineSnapshot(`
      "exit 3
      error: prod.yml is there already
      Name another file, or move it away."
    `)
  })

  test('looks at the host first, and writes nothing when it cannot', async () => {
    const folder = folderWith({'answers.yml': answers})
    expect(screen(await provision(folder, ['init', '--answers', 'answers.yml']))).toMatchInlineSnapshot(`
      "exit 4
      unreachable: chat1: cannot connect to 127.0.0.1 port 9: connection refused
      check ansible_host and ansible_port in the inventory, that the host is up, and that no firewall is in between"
    `)
    expect(existsSync(join(folder, 'prod.yml'))).toBe(false)
  })
})
