import {home} from './shell.ts'

/** Plain data in which the home is named as people do. */
export function homeAsTilde<Data>(data: Data): Data {
  const written = JSON.stringify(data)
  const unsaid = JSON.stringify(home).slice(1, -1)
  return written.includes(unsaid) ? JSON.parse(written.replaceAll(unsaid, '~')) : data
}
