import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {gateway} from './addresses.ts'
import {run, succeeds} from './local-command.ts'
import {hubNames} from './name-service.ts'
import {stateFolder} from './places.ts'

const folder = join(stateFolder, 'registry')
const authorityKey = join(folder, 'authority.key')

/** Certificate of the throwaway authority that signs the registry's; it is in the trust store of hosts with stand-in images. */
export const authorityFile = join(folder, 'authority.crt')

/** The registry's certificate and its key, in PEM. */
export const registryCertificate = {certificate: join(folder, 'registry.crt'), key: join(folder, 'registry.key')}

/** Makes the authority and the registry's certificate at first use, and the latter again before it ends. */
export async function makeCertificates(): Promise<void> {
  await mkdir(folder, {recursive: true, mode: 0o700})
  if (!(await succeeds`openssl x509 -noout -checkend 86400 -in ${authorityFile}`)) await makeAuthority()
  const {certificate} = registryCertificate
  const good =
    await succeeds`openssl x509 -noout -checkend 86400 -in ${certificate} && openssl verify -CAfile ${authorityFile} ${certificate}`
  if (!good) await signRegistry()
}

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

async function makeAuthority(): Promise<void> {
  const usage = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign']
  await run`openssl req -x509 ${curve} -days 3650 -subj '/CN=provision sandbox authority' ${usage} \
    -keyout ${authorityKey} -out ${authorityFile}`
}

async function signRegistry(): Promise<void> {
  const {certificate, key} = registryCertificate
  const request = `${certificate}.request`
  const extensions = `${certificate}.extensions`
  const names = [...hubNames.map(name => `DNS:${name}`), `IP:${gateway}`].join(',')
  await writeFile(extensions, `subjectAltName=${names}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`)
  await run`openssl req -new ${curve} -subj /CN=registry-1.docker.io -keyout ${key} -out ${request}`
  await run`openssl x509 -req -in ${request} -CA ${authorityFile} -CAkey ${authorityKey} -CAcreateserial -days 800 \
    -extfile ${extensions} -out ${certificate}`
}
