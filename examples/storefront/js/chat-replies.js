const REPLIES = [
  [/deliver|ship|arriv|post/i, 'We post every weekday before noon; it takes two to four days.'],
  [/return|refund|exchange/i, 'Send it back within 60 days, used or not. We pay the postage.'],
  [/wash|clean|care|rust/i, 'Hot water and a soft brush. Dry it well and it will outlive us.'],
  [
    /discount|voucher|coupon|code/i,
    'Our prices are the same all year, but delivery is free from €90.',
  ],
  [
    /hello|hi\b|hey|good (morning|day|evening)/i,
    'Hello! Lovely day on the river. What are you after?',
  ],
  [/thank/i, 'You are very welcome. Mind the current!'],
]

/** A canned, friendly answer. */
export const replyTo = (message) =>
  REPLIES.find(([pattern]) => pattern.test(message))?.[1] ??
  'Good question. Both daughters use one every week, and we would happily sell you ours.'
