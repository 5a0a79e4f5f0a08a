// Beside a time of day in the newsroom's zone, the same in the reader's own where the two differ.

import { say } from "./words.js"

const OF_DAY = /\d{1,2}:\d{2}/

export function start() {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const shown = OF_DAY.exec(time.textContent)
    const instant = new Date(time.dateTime.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"))
    if (shown && !Number.isNaN(instant.valueOf())) addYours(time, shown[0].padStart(5, "0"), instant)
  }
}

function addYours(time, shown, instant) {
  const ofDay = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
  if (new Intl.DateTimeFormat("en", ofDay).format(instant) === shown) return
  // The weekday only where it is another one for them.
  const day = new Intl.DateTimeFormat("sv", { dateStyle: "short" }).format(instant)
  const parts = time.dateTime.startsWith(day) ? ofDay : { weekday: "short", ...ofDay }
  const yours = new Intl.DateTimeFormat(document.documentElement.lang, parts).format(instant)
  const said = document.createElement("span")
  said.className = "your-time"
  said.textContent = say("yours", yours)
  time.append(" ", said)
}
