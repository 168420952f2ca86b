/** A weir in section: still water above, the dam that measures it, and what flows over. */
export function WeirDrawing() {
  return (
    <svg class="weir-drawing" viewBox="0 0 416 104" aria-hidden="true">
      <path class="weir-pool" d="M0 22H176C226 22 214 82 262 82H416V104H0Z" />
      <path class="weir-dam" d="M170 34H188L206 104H152Z" />
      <path class="weir-surface" d="M0 22H176C226 22 214 82 262 82H416" />
      <path class="weir-ripple" d="M24 40H88M60 54H124M284 92H330M352 92H392" />
    </svg>
  )
}
