/** What there are schemas of. */
export const kinds = ['playbook', 'tasks', 'inventory', 'plan'] as const

/** What a schema is of. */
export type Kind = (typeof kinds)[number]
