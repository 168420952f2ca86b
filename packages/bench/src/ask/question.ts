/** The question of the whole comparison: four stages in order, seven days from the entry, every entry followed. */
export const STAGES = ['view', 'product_view', 'add_to_cart', 'purchase'] as const
export const WINDOW_DAYS = 7
export const WINDOW_MS = WINDOW_DAYS * 86_400_000
export const THREADS = 2

export interface Range {
  from: number
  to: number
}
