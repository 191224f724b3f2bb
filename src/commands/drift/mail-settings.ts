import type {MailSettings} from '../../watch/targets.ts'

/** The mail server as the environment names it, for a password has no place in a command line. */
export function mailSettings(): MailSettings {
  const {PROVISION_SMTP_URL, PROVISION_SMTP_FROM, PROVISION_SMTP_CA} = process.env
  return {
    server: PROVISION_SMTP_URL || undefined,
    from: PROVISION_SMTP_FROM || undefined,
    ca: PROVISION_SMTP_CA || undefined,
  }
}
