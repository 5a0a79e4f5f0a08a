// On a show's page, in the place of a closed average: that of what the reader has seen, from the page's own table.

import { beyond } from "./shelf.js"
import { isClosed, onDraw } from "./veils.js"
import { say } from "./words.js"

export function start() {
  for (const average of document.querySelectorAll(".average[data-about]")) {
    const said = document.createElement("p")
    said.className = "average__seen"
    const reflect = () => {
      const mean = isClosed(average) ? seen() : undefined
      if (mean === undefined) said.remove()
      else average.prepend(told(said, mean, beyond(average.dataset.about).through))
    }
    onDraw(reflect)
    reflect()
  }
}

// Each score once, though a run of episodes has it in every row. Veils have taken away what lies beyond.
function seen() {
  const scores = new Map()
  for (const score of document.querySelectorAll("[data-counts]")) {
    scores.set(score.closest("a").href, Number(score.value))
  }
  if (!scores.size) return undefined
  return [...scores.values()].reduce((sum, stars) => sum + stars, 0) / scores.size
}

function told(said, mean, through) {
  said.textContent = say("average", mean.toFixed(1), through)
  return said
}
