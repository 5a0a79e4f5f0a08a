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

function makeFrame() {
  frame = document.createElement("iframe")
  frame.className = "beside__page"
  frame.title = place.querySelector(".beside__name").textContent
  frame.src = place.dataset.preview
  // Where one was reading before the form was saved.
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, Number(remembered("sessionStorage", scrolledTo))))
  place.append(frame)
}

function keepPlace() {
  if (frame?.contentWindow) remember("sessionStorage", scrolledTo, frame.contentWindow.scrollY)
}

function show() {
  const chosen = remembered("localStorage", KEY)
  const isOpen = wide.matches && (chosen ? chosen === "open" : roomy.matches)
  place.hidden = !isOpen
  opener.closest("li").hidden = !wide.matches || isOpen
  if (isOpen && !frame) makeFrame()
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
  // Whatever saves the piece without leaving the page says so.
  window.addEventListener("piece-saved", () => {
    keepPlace()
    frame?.contentWindow.location.reload()
  })
  show()
}
