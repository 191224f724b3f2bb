import type {MailSettings} from '../../watch/targets.ts'

/** The mail server as the environment names it, for a password has no place in a command line. */
export function mailSettings(): MailSettings {
  return {server: process.env.PROVISION_SMTP_URL || undefined, from: process.env.PROVISION_SMTP_FROM || undefined}
}
