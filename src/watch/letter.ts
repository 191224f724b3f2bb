import {readFile} from 'node:fs/promises'
import {mailTransport} from '../mail.ts'
import type {Message} from './changes.ts'
import type {Target} from './targets.ts'

/** Hands a message to a mail server, as a letter. Throws what nodemailer throws, and what reading the file of authorities does. */
export async function sendLetter(target: Extract<Target, {kind: 'mail'}>, message: Message): Promise<void> {
  const transport = mailTransport(await optionsOf(target))
  try {
    const [, first = ''] = message.text.split('\n')
    await transport.sendMail({
      from: target.from,
      to: target.to,
      subject: `provision: ${first}`,
      text: `${message.text}\n`,
      messageId: `<${message.id}@provision>`,
    })
  } finally {
    transport.close()
  }
}

async function optionsOf({server, ca}: Extract<Target, {kind: 'mail'}>) {
  const {protocol, hostname, port, username, password} = new URL(server)
  const secure = protocol === 'smtps:'
  return {
    host: hostname,
    port: Number(port || (secure ? 465 : 587)),
    secure,
    // A password never travels in the clear, and who names an authority wants it to be asked.
    requireTLS: !secure && (username !== '' || ca !== undefined),
    ...(username !== '' && {auth: {user: decodeURIComponent(username), pass: decodeURIComponent(password)}}),
    ...(ca !== undefined && {tls: {ca: await readFile(ca)}}),
  }
}
