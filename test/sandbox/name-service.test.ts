import {expect, test} from 'vitest'
import {nameServiceConfiguration} from '../../src/sandbox/name-service.ts'

const hostsFolder = '/state/names/hosts'

test('with a registry the names of the hub lead to it and all other names of Docker do not exist', () => {
  const configuration = nameServiceConfiguration({listen: '198.18.0.1', registry: '198.18.0.1', hostsFolder})
  expect(configuration).toMatchInlineSnapshot(`
    "listen-address=198.18.0.1
    bind-interfaces
    no-hosts
    hostsdir=/state/names/hosts
    local=/sandbox.test/
    resolv-file=/etc/resolv.conf
    no-dhcp-interface=*
    user=root
    cache-size=1000
    address=/registry-1.docker.io/198.18.0.1
    address=/auth.docker.io/198.18.0.1
    address=/index.docker.io/198.18.0.1
    local=/docker.io/
    local=/docker.com/
    "
  `)
})

test('without a registry the names of the hub are resolved like all others', () => {
  const configuration = nameServiceConfiguration({listen: '198.18.0.2', registry: undefined, hostsFolder})
  expect(configuration).toMatchInlineSnapshot(`
    "listen-address=198.18.0.2
    bind-interfaces
    no-hosts
    hostsdir=/state/names/hosts
    local=/sandbox.test/
    resolv-file=/etc/resolv.conf
    no-dhcp-interface=*
    user=root
    cache-size=1000
    "
  `)
})
