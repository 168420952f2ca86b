export type Scalar = string | number | boolean

/** A property's value on one event. A list comes from the event's `items`; unset is null. */
export type Value = Scalar | readonly Scalar[] | null
