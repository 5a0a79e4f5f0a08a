// Tells the desk that this form is open, and shows who else has it open. Only while it can be seen.

const EVERY = 25_000
// The page before may have said goodbye only after this one was asked for.
const FIRST = 2_000

const place = document.querySelector("[data-presence]")
if (place) attend(place.closest("form"))

function attend(form) {
  let hasChanged = false
  let timer = 0

  form.addEventListener("input", () => (hasChanged = true), true)
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tell()
    else clearTimeout(timer)
  })
  addEventListener("pagehide", () => send({ leaving: "1" }, true).catch(() => {}))
  addEventListener("pageshow", (event) => event.persisted && tell())
  timer = setTimeout(tell, FIRST)

  // Nothing in the body: where the login has ended, the desk would keep it for after the next one.
  function send(signs, keepalive = false) {
    const asked = new URLSearchParams({ version: form.elements.version.value, ...signs })
    return fetch(`${place.dataset.presence}?${asked}`, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      keepalive,
      redirect: "error",
    })
  }

  async function tell() {
    clearTimeout(timer)
    const told = hasChanged
    hasChanged = false
    try {
      const response = await send(told ? { changed: "1" } : {})
      if (response.ok) show(await response.text())
    } catch {
      hasChanged ||= told
    }
    if (document.visibilityState === "visible") timer = setTimeout(tell, EVERY)
  }
}

// The desk's own words; left alone while they stay the same, so that they are read out only once.
function show(html) {
  const said = new DOMParser().parseFromString(html, "text/html").body
  if (said.textContent.trim() !== place.textContent.trim()) place.replaceChildren(...said.childNodes)
}
