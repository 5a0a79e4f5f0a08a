// The fields of a still in the text: what it shows, its caption, its credit, whether it spoils.

import { crel, gettext } from "django-prose-editor/editor"

const TEXTS = [
  ["alt", gettext("What it shows, for those who can't see it"), 300],
  ["caption", gettext("Caption"), 300],
  ["credit", gettext("Credit line"), 200],
]

let serial = 0

// `still` is what the desk says of the picture; what is typed is kept in it, however often it is drawn.
export function fieldsOf(still) {
  const fields = crel("div", { className: "still-edit__fields" })
  for (const [name, label, maxLength] of TEXTS) {
    const input = crel("input", { type: "text", id: newId(), maxLength, value: still[name] })
    fields.append(crel("p", {}, [crel("label", { htmlFor: input.id, textContent: label }), input]))
    keep(still, name, input, () => input.value)
  }
  const spoils = crel("input", { type: "checkbox", id: newId(), checked: still.spoils })
  const label = crel("label", {
    htmlFor: spoils.id,
    textContent: gettext("This spoils: closed until a reader asks for it"),
  })
  fields.append(crel("p", { className: "still-edit__spoils" }, [spoils, label]))
  // A box that isn't ticked wouldn't be sent.
  const sent = crel("input", { type: "hidden" })
  fields.append(sent)
  keep(still, "spoils", spoils, () => spoils.checked, sent)
  if (!still.may_change) {
    const why = gettext("Only an editor changes what is said of this picture: it isn't yours, or is approved.")
    fields.append(crel("p", { className: "still-edit__told", textContent: why }))
  }
  return fields
}

const newId = () => `still-field-${++serial}`

// Only what was changed here is sent, so that it doesn't undo what another editor wrote meanwhile.
function keep(still, name, input, read, sent = input) {
  input.dataset.still = `${still.id}-${name}`
  input.disabled = !still.may_change
  const send = () => {
    if (!still.changed?.has(name)) return
    sent.name = `still-${still.id}-${name}`
    if (sent !== input) sent.value = still[name] ? "1" : ""
  }
  input.addEventListener("keydown", (event) => {
    // It would send the whole form.
    if (event.key === "Enter") event.preventDefault()
  })
  input.addEventListener("input", () => {
    still[name] = read()
    still.changed = (still.changed ?? new Set()).add(name)
    for (const same of document.querySelectorAll(`[data-still="${input.dataset.still}"]`)) {
      same.dispatchEvent(new CustomEvent("still:changed"))
    }
  })
  input.addEventListener("still:changed", () => {
    if (input.type === "checkbox") input.checked = still[name]
    else if (input.value !== still[name]) input.value = still[name]
    send()
  })
  send()
}
