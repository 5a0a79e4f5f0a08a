// Beside a time of day in the newsroom's zone, the same in the reader's own where the two differ.

import { say } from "./words.js"

const OF_DAY = /\d{1,2}:\d{2}/

// Made when first needed, and once: making a format costs more than using it.
const formats = {}

function format(weekday) {
  const parts = { weekday, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
  return (formats[weekday] ??= new Intl.DateTimeFormat(document.documentElement.lang, parts))
}

export function start() {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const shown = OF_DAY.exec(time.textContent)
    const instant = new Date(time.dateTime.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"))
    if (shown && !Number.isNaN(instant.valueOf())) addYours(time, shown[0].padStart(5, "0"), instant)
  }
}

const twoDigits = (number) => String(number).padStart(2, "0")

function addYours(time, shown, instant) {
  if ([instant.getHours(), instant.getMinutes()].map(twoDigits).join(":") === shown) return
  // The weekday only where it is another one for them.
  const isSameDay = Number(time.dateTime.slice(8, 10)) === instant.getDate()
  const yours = format(isSameDay ? undefined : "short").format(instant)
  const said = document.createElement("span")
  said.className = "your-time"
  said.textContent = say("yours", yours)
  time.append(" ", said)
}
