import {describe, expect, test} from 'vitest'
import {folderWith, provision, screen} from './program.ts'

const folder = folderWith({
  'hosts.yml': 'all: {hosts: {web1: {ansible_connection: local}}}',
  'play.yml': '- {hosts: all, gather_facts: false, tasks: []}',
})

const drift = (...more: readonly string[]) => provision(folder, ['drift', '-i', 'hosts.yml', 'play.yml', ...more])
const refused = async (...more: readonly string[]) => screen(await drift(...more))

describe('a schedule that cannot be', () => {
  test.each(['every 7h', 'every 0m', 'every fortnight', 'hourly', '61 * * * *', '0 0 31 2 *', '0 6 L * *'])(
    'is refused with what was expected: %s',
    async text => {
      expect(await refused('--schedule', text)).toMatchSnapshot()
    },
  )

  test('keeps no value, and asks for no password', async () => {
    const hourly = ['--schedule', 'every hour'] as const
    expect(await refused(...hourly, '-e', 'password=hunter22')).toMatchSnapshot()
    expect(await refused(...hourly, '-K')).toMatchSnapshot()
    expect(await refused(...hourly, '--unschedule')).toMatchSnapshot()
  })

  test('tells nobody who is not an address, and does not repeat what may be secret', async () => {
    expect(await refused('--notify', 'hooks.example.com/hunter22')).toMatchSnapshot()
    expect(await refused('--notify', 'mailto:me@example.com')).toMatchSnapshot()
    expect(await refused('--notify', 'mailto:me')).toMatchSnapshot()
    expect(await refused('--notify', '@nowhere')).toMatchSnapshot()
  })
})
