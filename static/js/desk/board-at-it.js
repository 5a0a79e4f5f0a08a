// Keeps up with who has which piece open while the board can be seen. Without this module it is as of its loading.

const EVERY = 25_000
const board = document.querySelector("[data-who-is-at-it]")
let timer = 0

async function look() {
  clearTimeout(timer)
  try {
    const response = await fetch(board.dataset.whoIsAtIt, { redirect: "error" })
    if (response.ok) show(await response.json())
  } catch {
    // The next look may get through.
  }
  if (document.visibilityState === "visible") timer = setTimeout(look, EVERY)
}

function show(found) {
  for (const place of board.querySelectorAll("[data-at-it]")) {
    const words = (found[place.dataset.atIt] ?? "").trim()
    place.hidden = !words
    if (place.textContent.trim() !== words) place.textContent = words
  }
}

if (board) {
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look())
  addEventListener("pageshow", (event) => event.persisted && look())
  timer = setTimeout(look, EVERY)
}
