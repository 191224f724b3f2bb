import type {Socket} from 'node:dgram'
import {readFileSync} from 'node:fs'
import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {gateway} from '../../../src/sandbox/addresses.ts'
import {nameServiceUp} from '../../../src/sandbox/name-service.ts'
import {networkUp} from '../../../src/sandbox/network.ts'
import {stateFolder} from '../../../src/sandbox/places.ts'
import {type ImageSet, registryUp} from '../../../src/sandbox/registry.ts'
import {authorityFile} from '../../../src/sandbox/registry-certificates.ts'
import {serveTime} from './time-server.ts'
import {onMachine} from './virtual-machine.ts'

/** Starts what the machine finds around it: names, the registry with the stand-in images, the time. Gives what stops the last. */
export async function surroundingsUp(say: (line: string) => void): Promise<Socket> {
  const images: ImageSet = JSON.parse(readFileSync(join(stateFolder, '..', 'images.json'), 'utf8'))
  await mkdir(stateFolder, {recursive: true, mode: 0o711})
  await networkUp()
  await nameServiceUp()
  await registryUp(images, say)
  return serveTime(gateway)
}

/** Tells the machine of them: whom to ask for names and for the time, and whose certificates to trust. */
export async function introduce(): Promise<void> {
  const script = `mkdir -p /etc/systemd/resolved.conf.d /etc/systemd/timesyncd.conf.d
printf "[Resolve]\\nDNS=${gateway}\\nDomains=~.\\n" >/etc/systemd/resolved.conf.d/provision.conf
printf "[Time]\\nNTP=${gateway}\\n" >/etc/systemd/timesyncd.conf.d/provision.conf
systemctl restart systemd-resolved
cat >/usr/local/share/ca-certificates/provision-sandbox.crt
cat /usr/local/share/ca-certificates/provision-sandbox.crt >>/etc/ssl/certs/ca-certificates.crt`
  // update-ca-certificates would do the same with hundreds of processes: in software emulation that takes a minute.
  await onMachine(script, readFileSync(authorityFile, 'utf8'))
}
