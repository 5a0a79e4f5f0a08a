// Sets a picture's focal point on the picture itself, by a click or by the arrow keys, and shows a file
// that was chosen before it is sent. The two number fields work without it.

const [x, y] = ["x", "y"].map((axis) => document.getElementById(`id_focal_${axis}`))
const file = document.getElementById("id_file")

function frame() {
  const made = Object.assign(document.createElement("span"), { className: "focal", hidden: true })
  made.append(Object.assign(document.createElement("img"), { className: "thumbnail thumbnail--large", alt: "" }))
  file.after(made)
  return made
}

function within(value) {
  return Math.min(100, Math.max(0, Math.round(value)))
}

function start(focal) {
  const image = focal.querySelector("img")
  const mark = Object.assign(document.createElement("button"), { type: "button", className: "focal__mark" })
  mark.setAttribute("aria-label", x.form.querySelector("[data-focal-label]")?.dataset.focalLabel ?? "")

  function show() {
    mark.style.setProperty("inset-inline-start", `${within(x.value)}%`)
    mark.style.setProperty("inset-block-start", `${within(y.value)}%`)
  }

  function place(left, top) {
    x.value = within(left)
    y.value = within(top)
    show()
  }

  image.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect()
    place(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100)
    mark.focus()
  })
  mark.addEventListener("keydown", (event) => {
    const by = event.shiftKey ? 10 : 1
    const steps = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    place(Number(x.value) + step[0], Number(y.value) + step[1])
  })
  file?.addEventListener("change", () => {
    const [chosen] = file.files
    if (!chosen) return
    const reader = new FileReader()
    reader.addEventListener("load", () => {
      image.removeAttribute("width")
      image.removeAttribute("height")
      image.src = reader.result
      focal.hidden = false
    })
    reader.readAsDataURL(chosen)
  })
  for (const field of [x, y]) field.addEventListener("input", show)
  focal.append(mark)
  show()
}

if (x && y) {
  const there = document.querySelector(".focal")
  if (there || file) start(there ?? frame())
}
