/** A quarter more than is needed, so that the next range mostly fits too. */
export const roomFor = (length: number): number => Math.ceil(length * 1.25)
