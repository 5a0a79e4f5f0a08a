// Parts and bylines are put in order by two buttons each. Without this module their places are numbers.

const sheet = document.querySelector("[data-move-up]")
const places = (row) => row.querySelector("input[name$='-position']")

const rowsBeside = (row) =>
  [...row.parentElement.children].filter((each) => each.matches(".inline-related:not(.empty-form)") && places(each))

function equip(row) {
  const box = places(row)?.closest(".fieldBox, .form-row")
  if (!box || box.querySelector(".order")) return
  for (const part of box.children) part.hidden = true
  const order = document.createElement("div")
  order.className = "order"
  order.append(button(row, sheet.dataset.moveUp, "↑", -1), button(row, sheet.dataset.moveDown, "↓", 1))
  box.append(order)
}

function button(row, words, sign, by) {
  const made = document.createElement("button")
  const name = row.querySelector(".inline_label")?.textContent.trim() ?? ""
  Object.assign(made, { type: "button", className: "order__move", textContent: sign, title: words })
  made.setAttribute("aria-label", `${words}: ${name}`)
  made.addEventListener("click", () => {
    move(row, by)
    made.focus()
  })
  return made
}

function move(row, by) {
  const rows = rowsBeside(row)
  const other = rows[rows.indexOf(row) + by]
  if (!other) return
  if (by < 0) other.before(row)
  else other.after(row)
  rowsBeside(row).forEach((each, place) => (places(each).value = place))
  places(row).dispatchEvent(new Event("input", { bubbles: true }))
  row.scrollIntoView({ block: "nearest" })
}

// One row alone has no order.
function renew() {
  for (const order of sheet.querySelectorAll(".order")) {
    order.hidden = rowsBeside(order.closest(".inline-related")).length < 2
  }
}

if (sheet) {
  sheet.querySelectorAll(".inline-related:not(.empty-form)").forEach(equip)
  renew()
  document.addEventListener("formset:removed", renew)
  document.addEventListener("formset:added", ({ target }) => {
    if (!sheet.contains(target) || !places(target)) return
    const others = rowsBeside(target).filter((each) => each !== target)
    places(target).value = Math.max(-1, ...others.map((each) => Number(places(each).value))) + 1
    target.querySelector(".order")?.remove()
    equip(target)
    renew()
  })
}
