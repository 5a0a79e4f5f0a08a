// My shows: what is new and safe for this reader, and how much is waiting. On the front page, and on its own.

import { beyond, follow, isPast, onChange, show, shows, unfollow } from "./shelf.js"
import { say, where } from "./words.js"

const NEW = 8 * 24 * 3600 * 1000

export function start() {
  const section = document.querySelector("[data-my-shows]")
  const told = { shows: {}, pieces: null }
  let asked = false
  const draw = () => drawAll(section, told)
  const show = () => {
    draw()
    if (asked || !shows().length) return
    asked = true
    ask(section.dataset.myShows, told).then(draw)
  }
  onChange(show)
  show()
  if (document.querySelector("[data-settings]")) import("./settings.js").then((module) => module.start())
}

// The same question from everybody: who follows what isn't in it. Without an answer the list stands as it is kept.
async function ask(address, told) {
  try {
    const answer = await fetch(address)
    if (answer.ok) Object.assign(told, await answer.json())
  } catch {
    // no network
  }
}

function drawAll(section, told) {
  const list = section.querySelector("ul")
  const focused = list.contains(document.activeElement) ? document.activeElement.closest("[data-pk]") : null
  const step = document.activeElement?.dataset.step
  const known = shows().map(([pk]) => factsOf(pk, told))
  known.sort((one, other) => other.newest - one.newest || one.title.localeCompare(other.title))
  list.replaceChildren(...known.map((facts) => row(section, facts)))
  section.hidden = !known.length
  if (focused) (list.querySelector(`[data-pk="${focused.dataset.pk}"] [data-step="${step}"]`) ?? section.querySelector("h2")).focus()
}

// What there is to say of one show.
function factsOf(pk, told) {
  const kept = show(pk)
  const [title, url] = told.shows[pk] ?? [kept.title, kept.url]
  const pieces = (told.pieces ?? []).map(piece).filter((one) => one.places.has(pk) || one.series === pk)
  const safe = pieces.find((one) => !beyond(one.about))
  const waiting = pieces.filter((one) => one.places.has(pk) && isPast(one.places.get(pk), kept.through))
  const places = pieces.map((one) => one.places.get(pk)).filter(Boolean)
  const answered = told.pieces !== null
  return { pk, title, url, through: kept.through, answered, pieces, safe, waiting, places, newest: safe?.live ?? 0 }
}

function piece([url, about, series, name, live]) {
  const places = new Map(about ? about.split(" ").map((pair) => pair.split(":")) : [])
  return { url, about, places, series: String(series), name, live: new Date(live).valueOf() }
}

function row(section, facts) {
  const item = section.querySelector("template").content.firstElementChild.cloneNode(true)
  item.dataset.pk = facts.pk
  const part = (name) => item.querySelector(`[data-fill=${name}]`)
  part("title").textContent = facts.title
  part("title").href = facts.url
  part("where").textContent = where(facts.through)
  drawSafe(part("safe"), part("new"), facts)
  part("waiting").textContent = waitingIn(facts)
  for (const button of item.querySelectorAll("[data-step]")) drawStep(button, facts, section)
  return item
}

// Until there is an answer its line is empty, and as high as it will be.
const NOT_YET = "\u00a0"

function waitingIn({ answered, waiting }) {
  if (!answered) return NOT_YET
  return waiting.length ? say("waiting", waiting.length) : say("caught")
}

// In the desk's time machine a page is of another instant than the reader's clock.
function now() {
  return Date.parse(document.getElementById("time-banner")?.dataset.at) || Date.now()
}

function drawSafe(link, mark, { answered, pieces, safe, url }) {
  if (!safe) {
    if (answered && !pieces.length) link.href = url
    if (!answered) link.textContent = NOT_YET
    else link.textContent = pieces.length ? say("nothing") : say("older")
    return
  }
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long" })
  link.href = safe.url
  link.textContent = `${safe.name}, ${day.format(safe.live)}`
  mark.hidden = now() - safe.live > NEW
}

function drawStep(button, facts, section) {
  const { pk, title, url } = facts
  if (button.dataset.step === "out") {
    button.append(hidden(` (${title})`))
    button.addEventListener("click", () => {
      unfollow(pk)
      section.querySelector("[role=status]").textContent = say("removed", title)
    })
    return
  }
  const on = button.dataset.step === "on"
  const to = on ? next(facts) : previous(facts)
  button.hidden = to === undefined
  if (button.hidden) return
  button.textContent = on ? say("watched", to) : say("less", facts.through)
  button.append(hidden(` (${title})`))
  button.addEventListener("click", () => follow(pk, { title, url, through: to }))
}

// The next place: the first that a piece speaks of, or the next whole number if that comes before it.
function next({ through, places }) {
  if (through === "*") return undefined
  const at = through === null ? 0 : Number(through)
  const further = places.filter((place) => isPast(place, through)).map(Number)
  return String(Math.min(Math.floor(at) + 1, ...further))
}

// The place before: null is before the first.
function previous({ through, places }) {
  if (through === "*" || through === null) return undefined
  const nearer = places.map(Number).filter((place) => place < Number(through))
  const before = Math.max(Math.ceil(Number(through)) - 1, ...nearer)
  return before > 0 || nearer.includes(before) ? String(before) : null
}

function hidden(text) {
  const span = document.createElement("span")
  span.className = "visually-hidden"
  span.textContent = text
  return span
}
