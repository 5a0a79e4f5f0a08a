// Keeps what is typed and not saved: first in this browser, which needs no network and no login, then at the
// desk, beside the piece. Saving ends a form's sitting; what is kept of it is dropped then.

const PAUSE = 3_000
const LONGEST_WAIT = 2_000
// What a browser still sends while its page closes.
const MOST_WHILE_CLOSING = 60_000
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000
const NEVER_KEPT = new Set(["csrfmiddlewaretoken"])

const place = document.querySelector("[data-autosave]")

// What this browser keeps, by sitting. Storage may be full, or switched off.
class Shelf {
  constructor(prefix) {
    this.prefix = prefix
  }

  put(sitting, kept) {
    try {
      localStorage.setItem(this.prefix + sitting, JSON.stringify(kept))
      return true
    } catch {
      return false
    }
  }

  take(sitting) {
    try {
      return JSON.parse(localStorage.getItem(this.prefix + sitting))
    } catch {
      return null
    }
  }

  drop(sitting) {
    try {
      localStorage.removeItem(this.prefix + sitting)
    } catch {
      // Then nothing was kept either.
    }
  }

  sittings() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(this.prefix))
        .map((key) => key.slice(this.prefix.length))
    } catch {
      return []
    }
  }
}

class Desk {
  constructor({ dataset }) {
    this.address = dataset.autosave
    this.token = place.closest("form").elements.csrfmiddlewaretoken.value
  }

  // What the desk says: kept with a time, ended, or refused; null where it can't be asked.
  async keep(sitting, { form, review, turn, fields }, isClosing = false) {
    const body = JSON.stringify({ sitting, form, review, turn, fields })
    const keepalive = isClosing && body.length < MOST_WHILE_CLOSING
    try {
      const response = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body,
        keepalive,
        redirect: "error",
      })
      if (response.status === 413) return { refused: true }
      return response.ok ? await response.json() : null
    } catch {
      return null
    }
  }

  async note({ form, review }, sitting) {
    const response = await fetch(`${this.address}?form=${form}&review=${review ?? ""}&sitting=${sitting}`)
    return response.ok ? response.text() : ""
  }
}

// One form, from when it was opened until it is saved.
class Sitting {
  constructor({ dataset }, shelf, desk) {
    Object.assign(this, { form: place.closest("form"), shelf, desk, name: dataset.sitting })
    this.which = dataset.form
    this.review = dataset.review ? Number(dataset.review) : null
    this.turn = Number(dataset.turn)
    this.before = null
    this.timer = 0
  }

  attend() {
    // The editors put their text into shape as they start: what stands there when a hand comes in is untouched.
    for (const touch of ["pointerdown", "keydown", "focusin", "beforeinput"]) {
      this.form.addEventListener(touch, () => this.begin(), { capture: true })
    }
    for (const change of ["input", "change", "click"]) {
      this.form.addEventListener(change, () => this.later(), { capture: true })
    }
    this.form.addEventListener("submit", () => {
      this.now()
      this.isSent = true
    })
    addEventListener("pagehide", () => this.now(true))
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.now(true))
    addEventListener("online", () => this.now())
    for (const link of document.querySelectorAll("[data-keep-first]")) {
      link.addEventListener("click", (event) => this.keepFirst(event))
    }
  }

  // What a link shows of this form is what stands in it now, unless the desk can't be asked.
  async keepFirst(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    const { href } = event.currentTarget
    await Promise.race([this.now(), new Promise((late) => setTimeout(late, LONGEST_WAIT))])
    const address = new URL(href)
    address.searchParams.set("sitting", this.name)
    location.assign(address)
  }

  begin() {
    this.before ??= this.told()
  }

  later() {
    if (this.before === null) return
    this.isSent = false
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.now(), PAUSE)
  }

  told() {
    return JSON.stringify(fieldsOf(this.form))
  }

  startAnew() {
    this.shelf.drop(this.name)
    this.name = this.form.elements.sitting.value = newKey()
    return this.now()
  }

  async now(isClosing = false) {
    clearTimeout(this.timer)
    if (this.before === null) return
    const told = this.told()
    if (told === this.before) return
    this.turn = Math.max(this.turn + 1, Date.now())
    const kept = { form: this.which, review: this.review, turn: this.turn, at: Date.now(), fields: JSON.parse(told) }
    const isHere = this.shelf.put(this.name, kept)
    const answer = await this.desk.keep(this.name, kept, isClosing)
    // Saved after all, only the answer got lost: what is typed from now on is a new sitting's.
    if (answer?.ended && !this.isSent) return this.startAnew()
    if (answer?.at || answer?.ended) this.before = told
    if (answer?.at) window.dispatchEvent(new CustomEvent("piece-kept", { detail: { sitting: this.name } }))
    say(answer?.at ? "kept" : answer?.ended ? "" : isHere ? "here" : "nowhere", answer?.at)
  }
}

function newKey() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"))
  return hex.join("")
}

function fieldsOf(form) {
  return [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !NEVER_KEPT.has(name) && !name.includes("__prefix__"),
  )
}

// What an earlier sitting left in this browser goes to the desk, which knows whether it was saved after all.
async function bringIn(shelf, desk, current) {
  const { form, review } = place.dataset
  let isNew = false
  for (const sitting of shelf.sittings()) {
    const kept = shelf.take(sitting)
    if (sitting === current) continue
    if (!kept || Date.now() - kept.at > KEPT_FOR) {
      shelf.drop(sitting)
      continue
    }
    const answer = await desk.keep(sitting, kept)
    if (!answer || answer.refused) continue
    shelf.drop(sitting)
    isNew ||= Boolean(answer.at) && kept.form === form && String(kept.review ?? "") === review
  }
  const note = document.querySelector("[data-unsaved]")
  if (isNew && note) {
    const said = new DOMParser().parseFromString(await desk.note(place.dataset, current), "text/html").body
    note.replaceChildren(...said.childNodes)
  }
}

function say(what, at = "") {
  for (const words of place.querySelectorAll("[data-says]")) words.hidden = words.dataset.says !== what
  for (const time of place.querySelectorAll("[data-at]")) time.textContent = at
}

if (place) {
  const shelf = new Shelf(`eyecatch-desk:${place.dataset.user}:`)
  const desk = new Desk(place)
  bringIn(shelf, desk, place.dataset.sitting)
  new Sitting(place, shelf, desk).attend()
}
