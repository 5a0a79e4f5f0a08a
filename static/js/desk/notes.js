// Notes beside the form: sent without leaving it, shown in its texts. Without this module they are on a page of their own.

import { beginsAs, blocksIn, mark, showBlock } from "./noted-paragraphs.js"

const form = document.getElementById("notes-form")
const panel = () => document.getElementById("notes")

function texts() {
  return [...document.querySelectorAll("#review_form .ProseMirror, #review_form .prose-read")].flatMap(blocksIn)
}

function noted() {
  return [...panel().querySelectorAll("[data-quote]:is(button)")]
}

function wake() {
  for (const control of panel().querySelectorAll("[data-sent-by-script]")) control.hidden = false
  renew()
}

// Which notes' paragraphs stand in the texts as they are being written.
function renew() {
  const blocks = texts()
  const found = []
  for (const button of noted()) {
    const block = blocks.find((each) => beginsAs(each, button.dataset.quote))
    button.hidden = !block
    button.onclick = () => showBlock(block)
    if (block) found.push(block)
  }
  mark(found)
}

// The paragraph in which one was writing is the one that a note begun now is about.
let last = null
function remember() {
  const node = document.getSelection().anchorNode
  const element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement
  const block = element?.closest("#review_form .ProseMirror :is(p, h2, h3, h4)")
  if (block) last = block
}

function choosePlace() {
  const place = panel().querySelector("#note-place")
  if (!last?.isConnected || place.value) return
  const option = [...place.options].find((each) => beginsAs(last, each.dataset.quote))
  if (option) place.value = option.value
}

// The page that the desk answers with; null where it can't be reached, or fails.
async function answered(body) {
  try {
    const answer = await fetch(form.action, { method: "POST", body })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    return answer.ok || page.getElementById("notes") ? page : null
  } catch {
    return null
  }
}

// Emptied first, so that the same words are read out again.
function sayUnsent() {
  const said = panel().querySelector(".notes__said")
  said.textContent = ""
  requestAnimationFrame(() => {
    said.textContent = said.dataset.unsent
    said.classList.add("notes__said--unsent")
    said.scrollIntoView({ block: "nearest" })
  })
}

async function send(event) {
  event.preventDefault()
  const typed = panel().querySelector("#note-words").value
  const isWritten = event.submitter.name === "write"
  const wasOpen = panel().querySelector(".notes__write").open
  const page = await answered(new FormData(form, event.submitter))
  // Nothing was written; what was typed still stands there.
  if (!page) return sayUnsent()
  const fresh = page.getElementById("notes")
  // A login, say: the page that was answered knows better what to do.
  if (!fresh) return location.assign(form.action)
  const said = page.querySelector(".messagelist")?.textContent.trim() ?? ""
  const isRefused = Boolean(fresh.querySelector(".errorlist"))
  panel().replaceWith(document.importNode(fresh, true))
  if (!isWritten || isRefused) panel().querySelector("#note-words").value = typed
  panel().querySelector(".notes__write").open = isRefused || (wasOpen && !isWritten)
  panel().querySelector(".notes__said").textContent = said
  panel().focus()
  wake()
  listen()
  window.dispatchEvent(new Event("piece-saved"))
}

function listen() {
  panel().querySelector(".notes__write").addEventListener("toggle", choosePlace)
}

if (form && panel()) {
  form.addEventListener("submit", send)
  document.addEventListener("selectionchange", remember)
  document.getElementById("review_form")?.addEventListener("input", renew)
  // The editors come to be in their own time.
  document.addEventListener("prose-editor:ready", renew, true)
  wake()
  listen()
}
