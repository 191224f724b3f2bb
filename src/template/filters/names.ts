import {createHash} from 'node:crypto'
import type {Values} from '../../module.ts'
import {text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'

/** The name space in which Ansible makes its UUIDs. */
const ansibleSpace = '361E6D51-FAEC-444A-9079-341386DA8E2E'

/** Filters for addresses and names of the web. */
export const names: Filters = {
  to_uuid: filter(['namespace'], (value, namespace = ansibleSpace) =>
    uuid(text(value, 'to_uuid'), text(namespace, 'to_uuid')),
  ),
  urldecode: filter([], value => decodeURIComponent(text(value, 'urldecode').replaceAll('+', ' '))),
  urlsplit: filter(['query'], (value, wanted) => {
    const parts = urlParts(text(value, 'urlsplit'))
    if (wanted === undefined || wanted === '') return parts
    const name = text(wanted, 'urlsplit')
    if (Object.hasOwn(parts, name)) return parts[name] ?? null
    throw new Error(`urlsplit: "${name}" is none of ${Object.keys(parts).join(', ')}`)
  }),
}

/** A name's UUID within a name space (version 5). */
function uuid(name: string, space: string): string {
  const digest = createHash('sha1')
    .update(Buffer.from(space.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  const version = ((digest[6] ?? 0) & 0x0f) | 0x50
  const variant = ((digest[8] ?? 0) & 0x3f) | 0x80
  digest.set([version], 6)
  digest.set([variant], 8)
  return digest
    .toString('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function urlParts(url: string): Values {
  const [, scheme = '', authority, path = '', query = '', fragment = ''] =
    /^(?:([a-z][\w+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(url) ?? []
  const netloc = authority ?? ''
  const [, login, address = ''] = /^(?:(.*)@)?(.*)$/.exec(netloc) ?? []
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(address) ?? []
  const [username, ...password] = login?.split(':') ?? []
  return {
    fragment,
    hostname: host === '' ? null : host.replace(/^\[|\]$/g, '').toLowerCase(),
    netloc,
    password: password.length > 0 ? password.join(':') : null,
    path,
    port: port ? Number(port) : null,
    query,
    scheme: scheme.toLowerCase(),
    username: username ?? null,
  }
}
