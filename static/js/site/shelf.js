// What the reader keeps: the shows they follow, how far they are in each, and what is to be closed.
// It stays in this browser and is never sent anywhere.

const KEY = "eyecatch"
const VERSION = 1
const SERIES = /^[1-9]\d{0,9}$/
const PLACE = /^\d{1,4}(\.\d{1,2})?$/
const PATH = /^\/(?![/\\])[^\s\\]*$/

// How far: null before the first episode, EVERYTHING for who wants nothing closed, or a place as in "6.5".
export const EVERYTHING = "*"

const listeners = new Set()
let shelf = parse(stored())
let kept = true

function stored() {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

// A shelf from JSON that anything may have written; what makes no sense is left out.
function parse(text) {
  let found = null
  try {
    found = JSON.parse(text)
  } catch {
    // not ours
  }
  const clean = { version: VERSION, shows: {}, settings: { closeTitles: true, closeScores: true } }
  if (found?.version !== VERSION) return clean
  for (const [pk, show] of Object.entries(Object(found.shows))) {
    if (SERIES.test(pk) && isShow(show)) {
      const { title, url, through } = show
      clean.shows[pk] = { title: title.slice(0, 300), url, through }
    }
  }
  for (const name of Object.keys(clean.settings)) {
    if (found.settings?.[name] === false) clean.settings[name] = false
  }
  return clean
}

function isShow(show) {
  const { title, url, through } = Object(show)
  const known = through === null || through === EVERYTHING || (typeof through === "string" && PLACE.test(through))
  return known && typeof title === "string" && typeof url === "string" && PATH.test(url)
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(shelf))
    kept = true
  } catch {
    kept = false
  }
  tell()
}

function tell() {
  for (const listener of listeners) listener()
}

// False where the browser refuses to store: then it lasts as long as the page.
export const isKept = () => kept

export const settings = () => shelf.settings

export const shows = () => Object.entries(shelf.shows)

export const show = (pk) => shelf.shows[pk]

export function follow(pk, { title, url, through }) {
  shelf.shows[pk] = { title, url, through }
  keep()
}

export function unfollow(pk) {
  delete shelf.shows[pk]
  keep()
}

export function change(name, value) {
  shelf.settings[name] = value
  keep()
}

export const written = () => JSON.stringify(shelf, null, 2)

// Takes over what `written` gave, here or in another browser. False if there is no shelf in it.
export function read(text) {
  const found = parse(text)
  if (!Object.keys(found.shows).length) return false
  shelf = found
  keep()
  return true
}

export function clear() {
  shelf = parse(null)
  try {
    localStorage.removeItem(KEY)
  } catch {
    // nothing was kept
  }
  tell()
}

// Where `place` lies for somebody who is `through`. Watching 6 doesn't open 6.5.
export function isPast(place, through) {
  if (through === EVERYTHING) return false
  return through === null || Number(place) > Number(through)
}

// For "12:6.5 14:3": the followed show in which it goes too far, or undefined.
export function beyond(about) {
  for (const pair of about.split(" ")) {
    const [pk, place] = pair.split(":")
    const known = shelf.shows[pk]
    if (known && isPast(place, known.through)) return known
  }
  return undefined
}

export function onChange(listener) {
  listeners.add(listener)
}

addEventListener("storage", (event) => {
  if (event.key !== KEY && event.key !== null) return
  shelf = parse(stored())
  tell()
})

// A page that comes back from the browser's memory may have missed what another one kept.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return
  shelf = parse(stored())
  tell()
})
