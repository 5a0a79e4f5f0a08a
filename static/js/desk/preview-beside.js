// Shows the preview beside the form: by itself where the text, its rail and the page all have room, else when
// asked. Without this module a link leads to it.

const KEY = "eyecatch-desk-beside"
const wide = matchMedia("(min-width: 1440px)")
const roomy = matchMedia("(min-width: 1800px)")
const place = document.querySelector("[data-preview]")
const opener = document.querySelector("[data-beside-open]")
const shutter = place?.querySelector("[data-beside-shut]")
const scrolledTo = `${KEY}:${place?.dataset.preview}`

let frame = null
let coming = null

// A browser may keep stores shut; then nothing is remembered.
function remembered(store, key) {
  try {
    return window[store].getItem(key)
  } catch {
    return null
  }
}

function remember(store, key, value) {
  try {
    window[store].setItem(key, value)
  } catch {
    // It is as it was at the next visit.
  }
}

// With what stands in the form, as far as the desk keeps it.
function makeFrame(name) {
  const made = document.createElement("iframe")
  made.className = name
  made.title = place.querySelector(".beside__name").textContent
  made.src = `${place.dataset.preview}?sitting=${place.dataset.sitting}`
  place.append(made)
  return made
}

function openFrame() {
  frame = makeFrame("beside__page")
  // Where one was reading before the form was saved.
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, Number(remembered("sessionStorage", scrolledTo))))
}

// The new page takes the old one's place once it is there, with the same folds open and as far down.
function renew() {
  if (!frame) return
  coming?.remove()
  coming = makeFrame("beside__coming")
  coming.addEventListener("load", takeOver, { once: true })
}

function takeOver() {
  const [was, next] = [frame, coming]
  ;[frame, coming] = [next, null]
  next.className = "beside__page"
  if (!was.contentDocument || !next.contentDocument) return was.remove()
  const folds = next.contentDocument.querySelectorAll("details")
  was.contentDocument.querySelectorAll("details").forEach((fold, place) => folds[place] && (folds[place].open = fold.open))
  next.contentWindow.scrollTo(0, was.contentWindow.scrollY)
  if (document.activeElement === was) next.focus()
  was.remove()
}

function keepPlace() {
  if (frame?.contentWindow) remember("sessionStorage", scrolledTo, frame.contentWindow.scrollY)
}

function show() {
  const chosen = remembered("localStorage", KEY)
  const isOpen = wide.matches && (chosen ? chosen === "open" : roomy.matches)
  place.hidden = !isOpen
  opener.closest("li").hidden = !wide.matches || isOpen
  if (isOpen && !frame) openFrame()
}

function choose(state) {
  remember("localStorage", KEY, state)
  show()
  const next = state === "shut" ? opener : shutter
  next.focus()
}

if (place && opener) {
  opener.addEventListener("click", () => choose("open"))
  shutter.addEventListener("click", () => choose("shut"))
  wide.addEventListener("change", show)
  roomy.addEventListener("change", show)
  window.addEventListener("pagehide", keepPlace)
  // Whatever saves the piece without leaving the page says so, and so does what keeps the unsaved.
  window.addEventListener("piece-saved", renew)
  window.addEventListener("piece-kept", ({ detail }) => {
    place.dataset.sitting = detail.sitting
    renew()
  })
  show()
}
