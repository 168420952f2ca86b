/** Stands in for the tag until it has loaded: keeps every call with its own time. */
export const STUB =
  'window.weir=window.weir||function(){(weir.q=weir.q||[]).push([Date.now(),arguments])}'
