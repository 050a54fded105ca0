/** chain(0): what an empty outbox answers. */
export const CHAIN_START = '0'.repeat(64)
