import {expect, test} from 'vitest'
import {nspawnCommand} from '../../src/sandbox/nspawn.ts'

test('a host boots from its root folder in its own network namespace', () => {
  const host = {name: 'chat1', address: '198.18.0.11', release: 'trixie', images: 'stand-in', base: '/base'} as const
  expect(nspawnCommand(host, '/state/hosts/chat1')).toMatchInlineSnapshot(`
    [
      "systemd-nspawn",
      "--quiet",
      "--boot",
      "--directory=/state/hosts/chat1/root",
      "--machine=chat1",
      "--hostname=chat1",
      "--register=no",
      "--keep-unit",
      "--console=pipe",
      "--link-journal=no",
      "--capability=all",
      "--drop-capability=CAP_SYS_RESOURCE,CAP_SYS_TIME",
      "--system-call-filter=add_key keyctl bpf @keyring",
      "--timezone=off",
      "--resolv-conf=off",
      "--bind=/state/hosts/chat1/docker:/var/lib/docker",
      "--network-namespace-path=/run/netns/provision-chat1",
    ]
  `)
})
