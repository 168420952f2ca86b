const format = new Intl.NumberFormat('en')

/** 4812 as `4,812`. */
export const count = (n: number) => format.format(n)

/** `1 visitor`, `4,812 visitors`. */
export const counted = (n: number, one: string, many = `${one}s`) =>
  `${count(n)} ${n === 1 ? one : many}`
