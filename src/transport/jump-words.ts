/** One word of ProxyJump: what people call the jump host, and the words for ssh that mean it, the host last. */
export type JumpWord = {
  readonly name: string
  readonly user: string | undefined
  readonly port: number | undefined
  readonly words: readonly string[]
}

/** Reads ProxyJump's value, such as `me@one:2222,two`, nearest first; `none` and nothing are no jump at all. */
export function parseJumps(value: string | undefined): readonly JumpWord[] {
  if (value === undefined || value === 'none') return []
  return value.split(',').map(word => parseJump(word.trim()))
}

function parseJump(word: string): JumpWord {
  const {user, bracketed, plain, port} =
    /^(?:ssh:\/\/)?(?:(?<user>.+)@)?(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[^@:]+))(?::(?<port>\d+))?\/?$/.exec(word)
      ?.groups ?? {}
  const name = bracketed ?? plain ?? word
  return {
    name,
    user,
    port: port === undefined ? undefined : Number(port),
    words: [...(user ? ['-l', user] : []), ...(port ? ['-p', port] : []), name],
  }
}
