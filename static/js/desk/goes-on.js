// Goes on comparing what an instant changes, one short request after another. Without this module a link leads on.

const place = document.querySelector("[data-changes]")

// The next part; nothing where it can't be had, or is of another instant than this page.
async function answered(address) {
  try {
    const answer = await fetch(address, { redirect: "error" })
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html")
    const fresh = page.querySelector("[data-changes]")
    return fresh?.dataset.changes === place.dataset.changes ? fresh : null
  } catch {
    return null
  }
}

function add(one, other) {
  one.textContent = Number(one.textContent) + Number(other.textContent)
  return Number(one.textContent)
}

function take(fresh) {
  for (const group of fresh.querySelectorAll("[data-group]")) {
    const own = place.querySelector(`[data-group="${group.dataset.group}"]`)
    own.querySelector("ul").append(...group.querySelector("ul").children)
    own.hidden = !add(own.querySelector("[data-count]"), group.querySelector("[data-count]"))
    const more = own.querySelector("[data-more]")
    more.closest("p").hidden = !add(more, group.querySelector("[data-more]"))
  }
  const progress = place.querySelector("[data-progress]")
  progress.replaceChildren(...fresh.querySelector("[data-progress]").childNodes)
}

async function goOn() {
  let link
  while ((link = place.querySelector("[data-progress] a"))) {
    const fresh = await answered(link.href)
    // The link stays, to be tried by hand.
    if (!fresh) return
    const isFocused = document.activeElement === link
    take(fresh)
    if (isFocused) place.querySelector("[data-progress] a")?.focus()
  }
  const isEmpty = !place.querySelector("[data-averages], [data-group]:not([hidden])")
  place.querySelector("[data-nothing]").hidden = !isEmpty
  place.querySelector("[role=status]").textContent = place.querySelector("[data-progress]").textContent
}

if (place?.querySelector("[data-progress] a")) goOn()
