import {win32} from 'node:path'
import {text} from '../arguments.ts'
import {type Filters, filter} from '../filter.ts'

/** Filters for paths of Windows. */
export const windows: Filters = {
  win_basename: filter([], value => win32.basename(text(value, 'win_basename'))),
  win_dirname: filter([], value => win32.dirname(text(value, 'win_dirname')).replace(/(?<=[^\\/:])[\\/]+$/, '')),
  win_splitdrive: filter([], value => {
    const path = text(value, 'win_splitdrive')
    const drive = /^(?:[a-z]:|[\\/]{2}[^\\/]+[\\/][^\\/]+)/i.exec(path)?.[0] ?? ''
    return [drive, path.slice(drive.length)]
  }),
}
