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

export function draw(root = document) {
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
  const note = addNote(owner, veils)
  drawn.set(owner, {
    manner,
    open() {
      note?.remove()
      for (const one of reopen) one()
      draw(owner)
    },
  })
}

// A part's text: a disclosure, which the browser opens by itself.
function fold(details, sentence) {
  const said = document.createElement("span")
  said.className = "fold__beyond"
  said.textContent = `${sentence}. ${say("show")}`
  details.firstElementChild.append(said)
  details.open = false
  return () => {
    said.remove()
    details.open = true
  }
}

// Anything else: its content goes out of the page, and what it was is said instead.
function take(veil, sentence, isFirst) {
  if (veil.ownerSVGElement) {
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
function addNote(owner, veils) {
  if (owner.ownerSVGElement || drawn.has(owner.parentElement.closest("[data-about]"))) return null
  if (veils.every((veil) => veil.tagName === "DETAILS")) return null
  const button = document.createElement("button")
  button.type = "button"
  button.className = "veil-button"
  button.textContent = say("show")
  const named = owner.querySelector(".label")?.textContent.trim().replace(/\s+/g, " ")
  if (named) button.append(hidden(`: ${named}`))
  button.addEventListener("click", () => show(owner, veils))
  hostOf(owner, veils).append(button)
  return button
}

function hostOf(owner, veils) {
  const taken = veils.filter((veil) => veil.tagName !== "DETAILS")
  const free = taken.find((veil) => !veil.closest("a") && !veil.matches(`${HEADING}, ul, ol, dl`))
  if (free) return free
  const around = taken[0] === owner ? owner : taken[0].parentElement.closest(BLOCK)
  return around && owner.contains(around) ? around : owner
}

function show(owner, veils) {
  for (const one of [owner, ...owner.querySelectorAll("[data-about]")]) asked.add(one)
  drawOne(owner)
  draw(owner)
  const first = veils[0]
  first.setAttribute("tabindex", "-1")
  first.focus({ preventScroll: true })
}

function hidden(text) {
  const span = document.createElement("span")
  span.className = "visually-hidden"
  span.textContent = text
  return span
}

onChange(() => draw())
