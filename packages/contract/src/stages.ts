/** The five standard stages, in order. Any other event name is a custom event. */
export const STANDARD_STAGES = ['view', 'product_view', 'chat', 'add_to_cart', 'purchase'] as const

export type StandardStage = (typeof STANDARD_STAGES)[number]
