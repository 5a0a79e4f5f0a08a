// A button that copies the address beside it. Without it, the address stands there to be selected.

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy)
  field.addEventListener("focus", () => field.select())
  if (!navigator.clipboard) continue
  button.hidden = false
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value)
    button.textContent = button.dataset.done
  })
}
