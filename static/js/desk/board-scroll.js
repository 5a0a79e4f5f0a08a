// Opens the board's table where work begins: at this week or what is late before it; by episode, at the first
// that is still to come. Marks its edge while there is more beyond it. Without this module it is scrolled by hand.

const table = document.querySelector(".board__wide")
const NOW_AND_LATE = ".board__now, td.due--late"
const TO_COME = "td.due:not(.due--live, .due--withdrawn, .due--skipped, .due--break, .due--recap)"

function open() {
  const cells = [...table.querySelectorAll(table.querySelector(".board__day") ? NOW_AND_LATE : TO_COME)]
  const names = table.querySelector("thead th")
  if (cells.length) table.scrollLeft = Math.min(...cells.map((cell) => cell.offsetLeft)) - names.offsetWidth
}

function mark() {
  const rest = table.scrollWidth - table.clientWidth - table.scrollLeft
  table.toggleAttribute("data-goes-on", rest > 1)
}

if (table) {
  open()
  mark()
  table.addEventListener("scroll", mark, { passive: true })
  new ResizeObserver(mark).observe(table)
}
