import {join} from 'node:path'
import {packageRoot} from '../../package-root.ts'
import {cacheFolder} from '../places.ts'

/** Folder of the recipes, of the application and of its versions. */
export const sourceFolder = join(packageRoot, 'sandbox')

/** Folder of the finished layers and layouts. */
export const imageCache = join(cacheFolder, 'images')
