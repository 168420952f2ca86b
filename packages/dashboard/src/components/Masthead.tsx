import type { SessionSite } from '../api/weir.ts'

/** The top of every page: whose numbers these are, and the way out. */
export function Masthead(props: { site: SessionSite | null; onSignOut: () => void }) {
  return (
    <header class="masthead">
      <a class="mark" href="/">
        <svg viewBox="0 0 34 24" aria-hidden="true">
          <path class="mark-water" d="M1 6h15c6 0 5 13 11 13h6" />
          <path class="mark-dam" d="M13 23V11" />
        </svg>
        Weir
      </a>
      {props.site && (
        <>
          <p class="masthead-site">
            {props.site.name} <span>{props.site.time_zone}</span>
          </p>
          <button type="button" class="quiet" onClick={props.onSignOut}>
            Sign out
          </button>
        </>
      )}
    </header>
  )
}
