import {describe, expect, test} from 'vitest'
import {runFiles} from './refused.ts'

describe('the site is refused without its inputs', () => {
  test('that have no default: domain and email', async () => {
    const hosts = `
      chatwoot:
        hosts:
          chat1: {ansible_host: 127.0.0.1, ansible_port: 9}
    `
    expect(await runFiles({'prod.yml': hosts}, '-i', 'prod.yml')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/prod.yml:3:5: chat1 lacks the input "chatwoot_domain"
        3 |     chat1: {ansible_host: 127.0.0.1, ansible_port: 9}
          |     ^
        expected: chatwoot_domain: chat.example.com (for example) beside the host or in vars of its group, or -e chatwoot_domain=chat.example.com

      FOLDER/prod.yml:3:5: chat1 lacks the input "chatwoot_admin_email"
        3 |     chat1: {ansible_host: 127.0.0.1, ansible_port: 9}
          |     ^
        expected: chatwoot_admin_email: admin@example.com (for example) beside the host or in vars of its group, or -e chatwoot_admin_email=admin@example.com

      2 problems"
    `)
  })

  test('that are written wrongly', async () => {
    const hosts = `
      chatwoot:
        hosts:
          chat1:
            ansible_host: 127.0.0.1
            ansible_port: 9
            chatwoot_domian: chat.example.com
            chatwoot_admin_email: admin@example.com
    `
    expect(await runFiles({'prod.yml': hosts}, '-i', 'prod.yml')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/prod.yml:6:7: there is no input "chatwoot_domian", and nothing uses such a variable
        6 |       chatwoot_domian: chat.example.com
          |       ^
        Did you mean "chatwoot_domain"?"
    `)
  })

  test('on one of two hosts', async () => {
    const hosts = `
      chatwoot:
        vars: {chatwoot_admin_email: admin@example.com}
        hosts:
          chat1: {ansible_host: 127.0.0.1, ansible_port: 9, chatwoot_domain: chat.example.com}
          chat2: {ansible_host: 127.0.0.1, ansible_port: 9}
    `
    expect(await runFiles({'prod.yml': hosts}, '-i', 'prod.yml')).toMatchInlineSnapshot(`
      "exit 3
      FOLDER/prod.yml:5:5: chat2 lacks the input "chatwoot_domain"
        5 |     chat2: {ansible_host: 127.0.0.1, ansible_port: 9}
          |     ^
        expected: chatwoot_domain: chat.example.com (for example) beside the host or in vars of its group, or -e chatwoot_domain=chat.example.com"
    `)
  })

  test('with a group of another name', async () => {
    const hosts = `
      chatwot:
        hosts:
          chat1: {ansible_host: 127.0.0.1, ansible_port: 9}
    `
    expect(await runFiles({'prod.yml': hosts}, '-i', 'prod.yml')).toMatchInlineSnapshot(`
      "exit 3
      PACKAGE/playbooks/site.yml:3:10: there is no host or group "chatwoot" in the inventory
        3 |   hosts: chatwoot
          |          ^
        Did you mean "chatwot"?"
    `)
  })
})
