// The copy desk's margin while somebody types: found anew after each pause, with the words marked where they stand.

const QUIET = 600
const section = document.querySelector("[data-copydesk]")
const form = section?.closest("form")
const asked = new Set(new URLSearchParams(location.search).getAll("suggest"))
let timer = 0
let running = null

const editorOf = (field) => field?.closest(".prose-editor")?.querySelector(".ProseMirror")?.editor
const fieldOf = (name) => form.elements.namedItem(name)
const margin = () => section.querySelector(".copydesk__margin")

// What a browser would send with the form, but for files, and what is asked of the margin.
function typed(answer) {
  const data = new FormData(form)
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name)
  for (const mark of asked) data.append("suggest", mark)
  if (answer) data.append("_copydesk", answer)
  return data
}

async function lookAgain(answer = "") {
  clearTimeout(timer)
  running?.abort()
  const mine = (running = new AbortController())
  try {
    const response = await fetch(section.dataset.copydesk, { method: "POST", body: typed(answer), signal: mine.signal })
    const isMargin = response.ok && !response.redirected
    if (isMargin) show(await response.text())
    return isMargin
  } catch {
    return mine.signal.aborted // the next one is on its way; without a line the last margin stays
  }
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".copydesk__margin")
  if (!fresh) return
  const told = fresh.querySelector("[data-copydesk-told]")?.textContent ?? ""
  const was = margin().dataset.count
  const focused = margin().contains(document.activeElement) ? document.activeElement : null
  const next = nextPlace(focused, fresh)
  margin().replaceWith(fresh)
  if (focused) (next ?? section).focus()
  const sum = fresh.querySelector("[data-copydesk-sum]").textContent.trim()
  for (const place of document.querySelectorAll("[data-copydesk-sum]")) place.textContent = sum
  if (told || was !== fresh.dataset.count) say([told, sum].filter(Boolean).join(" "))
  mark()
}

const say = (words) => (section.querySelector("[data-copydesk-status]").textContent = words)

// Whoever stood on a button stands on it again, or on what came into its place.
function nextPlace(focused, fresh) {
  if (!focused) return null
  const { value } = focused
  const id = focused.closest(".copydesk__note")?.id
  if (value) {
    const same = fresh.querySelector(`button[value="${CSS.escape(value)}"]`)
    if (same) return same
  }
  const place = id ? [...margin().querySelectorAll(".copydesk__note")].findIndex((note) => note.id === id) : 0
  const same = id && fresh.querySelector(`#${CSS.escape(id)} :is(button, a)`)
  const notes = fresh.querySelectorAll(".copydesk__note")
  return same || notes[Math.min(place, notes.length - 1)]?.querySelector("button, a") || null
}

// Where the words of a note stand in its field's editor, the last first: in the paragraphs that it names, as
// near to their place there as can be.
function placesOf(note, editor) {
  const { found, places } = note?.dataset ?? {}
  if (!editor || !found) return []
  const blocks = []
  editor.state.doc.descendants((node, pos) => {
    if (node.isTextblock && node.textContent.trim()) blocks.push({ node, pos })
    return !node.isTextblock
  })
  const taken = new Set()
  for (const [line, start] of pairs(places)) {
    const block = blocks[line - 1]
    const at = block ? nearest(textOf(block.node), found, start) : -1
    if (at >= 0) taken.add(block.pos + 1 + at)
  }
  return [...taken].sort((one, other) => other - one).map((from) => ({ from, to: from + found.length }))
}

const pairs = (places) => places.split(" ").map((place) => place.split(":").map(Number))

// One character for each place of the document, so that offsets are places.
function textOf(block) {
  return block.textBetween(0, block.content.size, "\n", "\n")
}

function nearest(text, found, start) {
  let best = -1
  for (let at = text.indexOf(found); at >= 0; at = text.indexOf(found, at + 1)) {
    if (best < 0 || Math.abs(at - start) < Math.abs(best - start)) best = at
  }
  return best
}

// Marked without touching the text, where the browser can.
function mark() {
  if (!globalThis.Highlight) return
  const found = { true: [], false: [] }
  for (const note of section.querySelectorAll(".copydesk__note[data-found]")) {
    const editor = editorOf(fieldOf(note.dataset.field))
    for (const { from, to } of placesOf(note, editor)) {
      const [one, other] = [editor.view.domAtPos(from, 1), editor.view.domAtPos(to, -1)]
      const range = document.createRange()
      range.setStart(one.node, one.offset)
      range.setEnd(other.node, other.offset)
      found[note.classList.contains("copydesk__note--holds")].push(range)
    }
  }
  CSS.highlights.set("copydesk", new Highlight(...found.false))
  CSS.highlights.set("copydesk-holds", new Highlight(...found.true))
}

function goTo(note, name) {
  const field = fieldOf(name)
  const editor = editorOf(field)
  // Nobody gets to a field in a fold that is shut.
  if (field instanceof Element) field.closest("details:not([open])")?.setAttribute("open", "")
  if (editor) {
    const place = placesOf(note, editor).at(-1)
    const chain = editor.chain().focus()
    ;(place ? chain.setTextSelection(place) : chain).scrollIntoView().run()
    return true
  }
  const plain = field instanceof RadioNodeList ? field[0] : field
  if (!plain) return false
  plain.focus()
  const place = placesIn(plain, note).at(-1)
  if (place !== undefined) plain.setSelectionRange(place, place + note.dataset.found.length)
  return true
}

// The same in a field of plain text.
function placesIn(field, note) {
  const { found, places } = note?.dataset ?? {}
  if (!found || !field.setSelectionRange) return []
  const taken = new Set(pairs(places).map(([, start]) => nearest(field.value, found, start)))
  return [...taken].filter((at) => at >= 0).sort((one, other) => other - one)
}

// In every place of the note that its field still has; one step that can be undone.
function take(note, meant) {
  const { found, field: name } = note.dataset
  const field = fieldOf(name)
  const editor = editorOf(field)
  if (editor) {
    const places = placesOf(note, editor)
    const { tr } = editor.state
    for (const { from, to } of places) tr.insertText(meant, from, to)
    if (places.length) editor.view.dispatch(tr)
    return places.length > 0
  }
  const places = field ? placesIn(field, note) : []
  for (const at of places) field.setRangeText(meant, at, at + found.length, "end")
  field?.dispatchEvent(new Event("input", { bubbles: true }))
  return places.length > 0
}

async function answered(event) {
  const button = event.target.closest("button[name=_copydesk]")
  if (!button || "copydeskLeaves" in button.dataset) return
  const note = button.closest(".copydesk__note")
  if (button.value.startsWith("take:")) {
    event.preventDefault()
    if (take(note, button.dataset.meant)) lookAgain()
    else say(section.dataset.none)
    return
  }
  event.preventDefault()
  const [verb, mark] = button.value.split(":")
  if (verb === "suggest") asked.add(mark)
  if (!(await lookAgain(verb === "suggest" ? "" : button.value))) tellUnsent(button)
}

// Beside the button, where it is looked for, and read out.
function tellUnsent(button) {
  const note = button.closest(".copydesk__note") ?? margin()
  const told = note.querySelector(".copydesk__unsent") ?? document.createElement("p")
  told.className = "copydesk__unsent"
  told.textContent = section.dataset.unsent
  note.append(told)
  say(section.dataset.unsent)
}

function went(event) {
  const link = event.target.closest("[data-copydesk-go]")
  if (link && goTo(link.closest("section").querySelector(".copydesk__note"), link.dataset.copydeskGo)) event.preventDefault()
}

if (section) {
  section.addEventListener("click", answered)
  section.addEventListener("click", went)
  form.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(lookAgain, QUIET)
  })
  document.addEventListener("prose-editor:ready", mark)
  mark()
}
