import { useEffect, useRef, useState } from 'preact/hooks'

const SAID_MS = 4_000

/** Text for another program, with a button that copies it. */
export function CopyableCode({ name, code }: { name: string; code: string }) {
  const text = useRef<HTMLPreElement>(null)
  const [said, setSaid] = useState('')

  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(''), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code)
      setSaid('Copied')
    } catch {
      // There is no clipboard on plain http beyond localhost: leave the text selected instead.
      if (text.current) getSelection()?.selectAllChildren(text.current)
      setSaid('Selected: copy it with the keyboard')
    }
  }

  return (
    <div class="copyable">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and must by keyboard too */}
      <section tabIndex={0} aria-label={name}>
        <pre ref={text}>{code}</pre>
      </section>
      <button type="button" onClick={copy}>
        Copy <span class="visually-hidden">the {name}</span>
      </button>
      <span class="said" role="status">
        {said}
      </span>
    </div>
  )
}
