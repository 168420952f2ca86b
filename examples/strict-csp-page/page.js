document.querySelector('#chat').addEventListener('click', () => {
  // Weir: optional chaining, since there is no stub in a page without inline scripts.
  window.weir?.('chat', { chat_provider: 'ours' })
})
