// Hands a page's address to the system's own sheet, or copies it. No third party hears of it.

import { say } from "./words.js"

export function start() {
  for (const box of document.querySelectorAll("[data-share]")) {
    const address = { title: document.title, url: box.dataset.share || location.href }
    if (navigator.share) offer(box, say("share"), () => navigator.share(address).catch(() => {}))
    if (navigator.clipboard) offer(box, say("copy"), (button) => copy(button, address.url))
  }
}

function offer(box, label, act) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "share__button"
  button.textContent = label
  button.addEventListener("click", () => act(button))
  box.append(button)
}

function copy(button, url) {
  navigator.clipboard.writeText(url).then(
    () => (button.textContent = say("copied")),
    () => (button.textContent = say("uncopied")),
  )
}
