// Every access is guarded: a browser may deny storage, or it may be full, and the shop goes on.

export function readStored(key, storage = 'localStorage') {
  try {
    return JSON.parse(window[storage].getItem(key))
  } catch {
    return null
  }
}

export function writeStored(key, value, storage = 'localStorage') {
  try {
    window[storage].setItem(key, JSON.stringify(value))
  } catch {}
}

export function dropStored(key) {
  try {
    localStorage.removeItem(key)
  } catch {}
}
