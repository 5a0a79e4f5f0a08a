// A preview: what it leads to is for a tab of its own, beside the form too, where no other page may be framed.

const isFramed = window.parent !== window

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]")
  if (!link || link.origin + link.pathname === location.origin + location.pathname) return
  if (isFramed) link.target = "_blank"
})

if (isFramed) document.querySelector(".preview-notice")?.classList.add("preview-notice--framed")
