// How far are you? The select before a piece and on a show's page (with a number, for a long one), and the buttons at a
// piece's end.

import { EVERYTHING, follow, isKept, isPast, onChange, show, unfollow } from "./shelf.js"
import { say, where } from "./words.js"

const NOT_STARTED = "none"

export function start() {
  for (const control of document.querySelectorAll("[data-follow]")) startChoice(control)
  for (const control of document.querySelectorAll("[data-watched]")) startWatched(control)
}

const factsOf = (control) => ({ title: control.dataset.title, url: control.dataset.url })

function startChoice(control) {
  const pk = control.dataset.follow
  const select = control.querySelector("select")
  const typed = control.querySelector("input")
  const reflect = () => {
    select.value = chosen(select, show(pk))
    if (typed) typed.value = Number(select.value) || ""
  }
  typed?.addEventListener("change", () => {
    if (!typed.value || !typed.reportValidity()) return
    follow(pk, { ...factsOf(control), through: String(typed.valueAsNumber) })
    tell(control, show(pk))
  })
  select.addEventListener("change", () => {
    if (select.value) {
      const through = select.value === NOT_STARTED ? null : select.value
      follow(pk, { ...factsOf(control), through })
    } else {
      unfollow(pk)
    }
    tell(control, show(pk))
  })
  onChange(reflect)
  reflect()
}

// The option for where the reader is; a place that the page doesn't list gets its own.
function chosen(select, known) {
  if (!known) return ""
  const value = known.through ?? NOT_STARTED
  if (![...select.options].some((option) => option.value === value)) {
    select.add(new Option(say("option", value), value), select.options[2])
  }
  return value
}

function startWatched(control) {
  const [pk, place] = control.dataset.watched.split(":")
  const [watched, following] = ["watched", "following"].map((name) => control.querySelector(`[data-button=${name}]`))
  const reflect = () => {
    const known = show(pk)
    following.setAttribute("aria-pressed", String(Boolean(known)))
    watched?.setAttribute("aria-pressed", String(Boolean(known) && !isPast(place, known.through)))
  }
  watched?.addEventListener("click", () => {
    const known = show(pk)
    if (!known || isPast(place, known.through)) follow(pk, { ...factsOf(control), through: place })
    tell(control, show(pk))
  })
  following.addEventListener("click", () => {
    if (show(pk)) unfollow(pk)
    else follow(pk, { ...factsOf(control), through: EVERYTHING })
    tell(control, show(pk))
  })
  onChange(reflect)
  reflect()
}

function tell(control, known) {
  const said = known ? say("followed", where(known.through)) : say("unfollowed")
  control.querySelector("[role=status]").textContent = isKept() ? said : `${said} ${say("unkept")}`
}
