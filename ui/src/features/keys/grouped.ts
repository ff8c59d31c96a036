/** A key's id in groups of four, as it is read out on the telephone. */
export const groupedKey = (id: string): string => id.replace(/(.{4})(?=.)/g, "$1 ");
