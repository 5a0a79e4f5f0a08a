// Closes what goes further than the reader: an element with data-about says how far it goes, and what in it
// would give something away carries data-veil. See series/templatetags/progress.py.

import { beyond, onChange, settings } from "./shelf.js"
import { say } from "./words.js"

const HEADING = "h1, h2, h3, h4, h5, h6"
const CELL = "td, th, dd, dt, li"
// Where a button may stand among the others.
const BLOCK = "article, section, div, aside, figure, header, li, td, th, dd"

// For each element that something is closed in: how it was closed, and what opens it again.
const drawn = new WeakMap()
const asked = new WeakSet()

function closedKinds() {
  const { closeTitles, closeScores } = settings()
  return ["text", "picture", closeTitles && "title", closeScores && "score"].filter(Boolean)
}

const isIn = (veil, owner) => veil.closest("[data-about]") === owner

function veilsOf(owner, kinds) {
  const all = [...owner.querySelectorAll("[data-veil]")].filter((veil) => isIn(veil, owner))
  if (owner.dataset.veil) all.unshift(owner)
  const wanted = all.filter((veil) => kinds.includes(veil.dataset.veil))
  return wanted.filter((veil) => !wanted.some((other) => other !== veil && other.contains(veil)))
}

const listeners = new Set()

export const onDraw = (listener) => listeners.add(listener)

export function drawAll() {
  draw(document)
  for (const listener of listeners) listener()
}

function draw(root) {
  for (const owner of root.querySelectorAll("[data-about]")) drawOne(owner)
}

function drawOne(owner) {
  const limit = asked.has(owner) ? undefined : beyond(owner.dataset.about)
  const kinds = limit ? closedKinds() : []
  const manner = limit ? [limit.through, ...kinds].join() : ""
  const before = drawn.get(owner)
  if ((before?.manner ?? "") === manner) return
  before?.open()
  drawn.delete(owner)
  if (limit) close(owner, limit, kinds, manner)
}

function close(owner, limit, kinds, manner) {
  const veils = veilsOf(owner, kinds)
  const sentence = limit.through === null ? say("before") : say("beyond", limit.through)
  const first = veils.find((veil) => veil.dataset.veil === "title")
  const reopen = veils.map((veil) =>
    veil.tagName === "DETAILS" ? fold(veil, sentence) : take(veil, sentence, !first || veil === first),
  )
  const button = addButton(owner, veils, sentence)
  drawn.set(owner, {
    manner,
    open() {
      button?.remove()
      for (const one of reopen) one()
      draw(owner)
    },
  })
}

// A part's text: a disclosure, which the browser opens by itself. The part's title and stars open with it.
function fold(details, sentence) {
  const said = document.createElement("span")
  said.className = "fold__beyond"
  said.textContent = `${sentence}. ${say("show")}`
  details.firstElementChild.append(said)
  details.open = false
  const follow = () => details.open && ask(details.closest("[data-about]"))
  details.addEventListener("toggle", follow)
  return () => {
    details.removeEventListener("toggle", follow)
    said.remove()
    details.open = true
  }
}

// Anything else: its content goes out of the page, and what it was is said instead.
function take(veil, sentence, isFirst) {
  if (veil.ownerSVGElement || veil.dataset.veil === "picture") {
    // Its room stays; the style sheet hides it.
    veil.setAttribute("data-closed", "")
    return () => veil.removeAttribute("data-closed")
  }
  const content = document.createDocumentFragment()
  content.append(...veil.childNodes)
  // A second title of the same thing, such as its standfirst, needn't say it again.
  const again = veil.dataset.veil === "title" && !isFirst && !veil.matches(CELL)
  if (!again) veil.append(standIn(veil, content, sentence))
  veil.dataset.closed = ""
  return () => {
    veil.replaceChildren(content)
    delete veil.dataset.closed
  }
}

// Words in the place of what was taken, in the link that it was if it was one: the way there stays.
function standIn(veil, content, sentence) {
  const link = content.querySelector("a[href]")
  const words = document.createElement("span")
  words.className = "veil"
  words.textContent = veil.dataset.veil === "score" ? say("score") : sentence
  let shown = words
  if (link && veil.dataset.veil === "title") {
    shown = link.cloneNode(false)
    shown.append(words)
  }
  if (!veil.matches("ul, ol")) return shown
  const item = document.createElement("li")
  item.append(shown)
  return item
}

// One button for each element; it stands where a block may, never in a link or a heading.
function addButton(owner, veils, sentence) {
  const taken = veils.filter((veil) => veil.tagName !== "DETAILS" && veil.dataset.veil !== "picture")
  const folded = veils.some((veil) => veil.tagName === "DETAILS")
  const inAnother = drawn.has(owner.parentElement.closest("[data-about]"))
  // A link leads to the piece itself, where it can be opened.
  if (!taken.length || folded || inAnother || owner.matches("a, svg *")) return null
  const button = document.createElement("button")
  button.type = "button"
  button.className = "veil-button"
  const host = hostOf(owner, taken)
  if (taken.every((veil) => veil.dataset.veil === "score")) {
    // In a narrow place the button alone says that stars are closed.
    if (host === taken[0]) host.replaceChildren()
    button.textContent = say("stars")
    button.append(hidden(` (${sentence})`))
  } else {
    button.textContent = say("show")
    const named = owner.querySelector(".label")?.textContent.trim().replace(/\s+/g, " ")
    if (named) button.append(hidden(` (${named})`))
  }
  button.addEventListener("click", () => show(owner, taken[0]))
  // A button has no place in a link: it goes after it.
  const link = host.closest("a")
  if (link) link.after(button)
  else host.append(button)
  return button
}

function hostOf(owner, taken) {
  const free = taken.find((veil) => !veil.closest(`a, ${HEADING}`) && !veil.matches("ul, ol, dl"))
  if (free) return free
  const around = taken[0] === owner ? owner : taken[0].parentElement.closest(BLOCK)
  return around && owner.contains(around) ? around : owner
}

function ask(owner) {
  for (const one of [owner, ...owner.querySelectorAll("[data-about]")]) asked.add(one)
  drawAll()
}

// The button goes; whoever pressed it goes on where it opened something.
function show(owner, first) {
  ask(owner)
  first.setAttribute("tabindex", "-1")
  first.focus({ preventScroll: true })
}

function hidden(text) {
  const span = document.createElement("span")
  span.className = "visually-hidden"
  span.textContent = text
  return span
}

export const isClosed = (owner) => drawn.has(owner)

onChange(drawAll)
