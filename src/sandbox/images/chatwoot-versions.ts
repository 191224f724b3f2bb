/** A version of the stand-in application. */
export type ChatwootVersion = {
  readonly tag: string
  /** Folders in sandbox/versions/ whose files are laid over sandbox/app/, in this order. */
  readonly folders: readonly string[]
  /** Failures that the image brings along: see sandbox/app/config/initializers/stand_in.rb. */
  readonly switches: readonly string[]
}

/** Every version there is an image of; each exists as the plain tag and as the tag with -ce. */
export const chatwootVersions: readonly ChatwootVersion[] = [
  {tag: 'v4.15.1', folders: [], switches: []},
  {tag: 'v4.16.0', folders: ['v4.16.0'], switches: []},
  // Upgrades that must fail, each in its own way.
  {tag: 'v4.97.0', folders: ['v4.16.0'], switches: ['STAND_IN_FAIL_MIGRATION=20260708093000']},
  {tag: 'v4.98.0', folders: ['v4.16.0'], switches: ['STAND_IN_API_FAILING=1']},
  {tag: 'v4.99.0', folders: ['v4.16.0'], switches: ['STAND_IN_CRASH=web']},
]
