import type {HostKeyPolicy} from '../../transport/transport.ts'

/** The command line of `init`. */
export type InitFlags = {
  readonly answers?: string
  readonly print?: boolean
  readonly identity?: string
  readonly hostKeys?: HostKeyPolicy
  readonly color?: boolean
}
