// Gives the editing area its field's label and help, and tells which toolbar buttons are pressed.

import { Extension, Plugin, gettext } from "django-prose-editor/editor"

const textareaOf = (editor) => editor.options.element.querySelector("textarea")

export const Accessible = Extension.create({
  name: "accessible",
  // After the menu, whose buttons it describes.
  priority: 1,

  addProseMirrorPlugins() {
    const textarea = textareaOf(this.editor)
    const attributes = {
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": textarea.getAttribute("aria-label") || labelOf(textarea) || gettext("Text"),
    }
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name)
    }
    return [new Plugin({ props: { attributes } })]
  },

  onCreate({ editor }) {
    const textarea = textareaOf(editor)
    for (const label of textarea.labels) {
      label.addEventListener("click", () => editor.commands.focus())
    }
    const toolbar = editor.storage.menu.dom
    toolbar.setAttribute("role", "toolbar")
    toolbar.setAttribute("aria-label", gettext("Formatting"))
    const describe = () => {
      for (const button of toolbar.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", button.classList.contains("active"))
        button.setAttribute("aria-disabled", button.classList.contains("disabled"))
      }
    }
    editor.on("transaction", describe)
    describe()
  },
})

// Several parts have a "Text": each says whose it is.
const labelOf = (textarea) => {
  const label = textarea.labels[0]?.textContent.trim().replace(/:$/, "")
  const part = textarea.closest(".inline-related")
  const name = part?.querySelector(".inline_label")?.textContent.trim()
  if (name) {
    part.setAttribute("role", "group")
    part.setAttribute("aria-label", name)
  }
  return name && label ? `${label}, ${name}` : label
}
