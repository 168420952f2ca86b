import type { StageInput } from '@weir/contract'

/** What a stage is called in answers. */
export const stageName = ({ name, events }: StageInput): string => name ?? events.join(' or ')
