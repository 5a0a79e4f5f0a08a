// Keeps the rich text of a paste beside the plain text that the page works with anyway, so that
// emphasis and links survive. Without this module, plain text comes in.

// Below what the form takes.
const LIMIT = 750_000

for (const text of document.querySelectorAll("textarea[data-paste-into]")) {
  const rich = document.getElementById(text.dataset.pasteInto)
  text.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? ""
    if (!html) return
    const whole = text.selectionStart === 0 && text.selectionEnd === text.value.length
    const kept = whole ? html : rich.value + html
    rich.value = kept.length <= LIMIT ? kept : ""
  })
}
