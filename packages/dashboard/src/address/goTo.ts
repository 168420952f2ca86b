/** Changes the page's address without loading it again; `useSearch` hears of it. */
export function goTo(address: string) {
  if (address === location.pathname + location.search) return
  history.pushState(null, '', address)
  dispatchEvent(new PopStateEvent('popstate'))
}
