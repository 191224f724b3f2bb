import {fileURLToPath} from 'node:url'

/** Folder of the installed package: what holds playbooks/, templates/ and sandbox/ (works from src/ and from dist/). */
export const packageRoot = fileURLToPath(new URL('..', import.meta.url))
