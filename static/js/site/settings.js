// What to close, and taking one's shows along: on the page “My shows” only.

import { change, clear, isKept, onChange, read, settings, written } from "./shelf.js"
import { say } from "./words.js"

export function start() {
  const box = document.querySelector("[data-settings]")
  box.hidden = false
  for (const input of box.querySelectorAll("[data-setting]")) startSetting(input)
  const status = box.querySelector("[role=status]")
  const file = box.querySelector("[type=file]")
  const does = { save, read: () => file.click(), clear: () => forget(status) }
  for (const button of box.querySelectorAll("[data-do]")) button.addEventListener("click", does[button.dataset.do])
  file.addEventListener("change", async () => {
    const taken = read(await file.files[0].text())
    if (!taken) status.textContent = say("refused")
    else status.textContent = isKept() ? say("taken") : `${say("taken")} ${say("unkept")}`
    file.value = ""
  })
}

function startSetting(input) {
  const name = input.dataset.setting
  const reflect = () => (input.checked = settings()[name])
  input.addEventListener("change", () => change(name, input.checked))
  onChange(reflect)
  reflect()
}

function save() {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([written()], { type: "application/json" }))
  link.download = "my-shows.json"
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

function forget(status) {
  clear()
  status.textContent = say("cleared")
}
