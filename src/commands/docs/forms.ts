/** The forms of an answer of `provision docs`. */
export const forms = ['text', 'json', 'markdown'] as const

/** The form of an answer. */
export type Form = (typeof forms)[number]
