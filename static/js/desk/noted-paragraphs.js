// Finds the paragraphs that notes are on by how they begin, and marks them without touching the text.

const tidy = (text) => text.replace(/\s+/g, " ").trim()

// The text blocks within `root`, in their order.
export function blocksIn(root) {
  return [...root.querySelectorAll("p, h2, h3, h4")]
}

export function beginsAs(block, quote) {
  return Boolean(quote) && tidy(block.textContent).startsWith(quote)
}

export function mark(blocks) {
  if (!window.CSS?.highlights) return
  const ranges = blocks.map((block) => {
    const range = new Range()
    range.selectNodeContents(block)
    return range
  })
  CSS.highlights.set("noted", new Highlight(...ranges))
}

export function showBlock(block) {
  block.closest("details:not([open])")?.setAttribute("open", "")
  block.scrollIntoView({ block: "center" })
}
