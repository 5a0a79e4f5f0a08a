// A preview: what it leads to is for a tab of its own, beside the form too, where no other page may be framed.

import { beginsAs, blocksIn, mark, showBlock } from "./noted-paragraphs.js"

const isFramed = window.parent !== window

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]")
  if (!link || link.origin + link.pathname === location.origin + location.pathname) return
  if (isFramed) link.target = "_blank"
})

if (isFramed) document.querySelector(".desk-banner")?.classList.add("desk-banner--framed")

const blocks = [...document.querySelectorAll(".prose")].flatMap(blocksIn)
const found = []
for (const button of document.querySelectorAll(".preview-notes [data-quote]")) {
  const block = blocks.find((each) => beginsAs(each, button.dataset.quote))
  if (!block) continue
  found.push(block)
  button.hidden = false
  button.addEventListener("click", () => showBlock(block))
}
mark(found)
