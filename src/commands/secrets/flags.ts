/** The command line of `secrets`, as commander reads it; each of its verbs has some of these. */
export type SecretsFlags = {
  readonly inventory: readonly string[]
  readonly identity?: string | undefined
  readonly for?: string
  readonly to?: readonly string[]
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
  readonly passphrase?: boolean
  readonly playbook?: string
  readonly yes?: boolean
}
