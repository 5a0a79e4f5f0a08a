// Ends a link to a piece's preview without leaving its form, where something may stand that isn't saved.

const form = document.getElementById("end-link")
const panel = document.getElementById("links-beside")

async function end(event) {
  event.preventDefault()
  const { submitter } = event
  const told = panel.querySelector("[role=status]")
  told.textContent = ""
  const answer = await fetch(submitter.formAction, { method: "POST", body: new FormData(form) }).catch(() => null)
  if (!answer) return (told.textContent = told.dataset.unsent)
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const said = page.querySelector(".messagelist")?.textContent.trim()
  // A login, say: the page of links knows better what to do.
  if (!answer.ok || !said) return location.assign(panel.querySelector("a").href)
  submitter.closest("li").remove()
  told.textContent = said
  panel.focus()
}

form?.addEventListener("submit", end)
