import {spawnSync} from 'node:child_process'
import {expect, it} from 'vitest'
import type {Values} from '../../src/value.ts'
import {rendered} from './rendered.ts'

const found = (settings: Values) => ({vars: {docker_found: {settings}}})
const ours = {'log-driver': 'json-file', 'log-opts': {'max-size': '20m', 'max-file': '5'}, 'live-restore': true}

it("writes Docker's configuration as JSON", () => {
  expect(JSON.parse(rendered('daemon.json.j2', found({})))).toEqual(ours)
})

it.each<[string, Values, Values]>([
  ['where its data are', {'data-root': '/srv/docker'}, {...ours, 'data-root': '/srv/docker'}],
  [
    'of its logs',
    {'log-opts': {'max-size': '1g', compress: 'true'}},
    {...ours, 'log-opts': {...ours['log-opts'], compress: 'true'}},
  ],
  ['that it logs elsewhere', {'log-driver': 'journald'}, {'log-driver': 'journald', 'live-restore': true}],
  ['that a swarm may not keep', {'live-restore': false}, {...ours, 'live-restore': false}],
])("keeps what Docker's configuration says %s", (_, said, wanted) => {
  expect(JSON.parse(rendered('daemon.json.j2', found(said)))).toEqual(wanted)
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
