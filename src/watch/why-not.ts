/** Why a target was not told, in words without its address, and whether another attempt is of no use. */
export type Failure = {readonly why: string; readonly isFinal: boolean}

/** What an error of fetch or of the mail server's door means; messages of libraries may repeat the address. */
export function whyNot(error: unknown): Failure {
  const reasons = [error, error instanceof Error ? error.cause : undefined].filter(one => one instanceof Error)
  if (reasons[0]?.name === 'TimeoutError') return {why: 'it did not answer in time', isFinal: false}
  const codes = reasons.flatMap(codesOf)
  const answer = reasons.flatMap(one => ('responseCode' in one ? [Number(one.responseCode)] : [])).at(0)
  const known = codes.map(code => words[code]).find(word => word !== undefined)
  if (known !== undefined) return {why: known, isFinal: answer === undefined || answer >= 500}
  if (answer !== undefined) return {why: `it answered ${answer}`, isFinal: answer >= 500}
  return {why: codes.at(-1) ?? 'it was not reached', isFinal: false}
}

/** The code of an error, and the one that nodemailer keeps of what it was before. */
function codesOf(error: Error): readonly string[] {
  const code = 'code' in error ? [String(error.code)] : []
  return 'originalCode' in error && error.originalCode ? [...code, String(error.originalCode)] : code
}

const unknownSigner = 'its certificate is signed by no authority that is trusted here'

const words: {readonly [code: string]: string} = {
  EAUTH: 'it refused the login',
  // No other file is read.
  ENOENT: 'PROVISION_SMTP_CA names a file that is not there',
  EACCES: 'PROVISION_SMTP_CA names a file that cannot be read',
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownSigner,
  SELF_SIGNED_CERT_IN_CHAIN: unknownSigner,
  UNABLE_TO_GET_ISSUER_CERT: unknownSigner,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownSigner,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownSigner,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
}
