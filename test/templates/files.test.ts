import {spawnSync} from 'node:child_process'
import {expect, it} from 'vitest'
import {rendered} from './rendered.ts'

it("writes Docker's configuration as JSON", () => {
  expect(JSON.parse(rendered('daemon.json.j2'))).toEqual({
    'log-driver': 'json-file',
    'log-opts': {'max-size': '20m', 'max-file': '5'},
    'live-restore': true,
  })
})

it('writes a health check that the strictest shell can read', () => {
  const script = rendered('web.sh.j2')
  expect(spawnSync('dash', ['-n'], {input: script, encoding: 'utf8'})).toMatchObject({status: 0, stderr: ''})
  expect(script).toMatchSnapshot()
})

it('writes a page on which a token cannot leave its script', () => {
  const page = rendered('widget_test.html.j2', {vars: {chatwoot_widget_test_token: '"</script><b>'}})
  expect(page).toMatchSnapshot()
  expect(page.match(/<\/script>/g)).toHaveLength(1)
})
