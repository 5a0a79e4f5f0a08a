// What the prose editor knows of spoilers: a mark for a few words, a block for whole paragraphs.
// They are kept as <span class="spoiler"> and <div class="spoiler">; readers get them as disclosures.

import { Mark, Node, gettext } from "django-prose-editor/editor"

export const Spoiler = Mark.create({
  name: "spoiler",
  // Outside every other mark, links too, as it is kept.
  priority: 1100,

  parseHTML() {
    return [{ tag: "span.spoiler" }]
  },

  renderHTML() {
    return ["span", { class: "spoiler" }, 0]
  },

  addKeyboardShortcuts() {
    return { "Mod-Shift-h": () => this.editor.commands.toggleMark(this.name) }
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: this.name,
      groups: "spoilers",
      button: buttons.text(
        gettext("Spoiler"),
        gettext("Spoiler: hide these words until asked for (Ctrl+Shift+H)"),
      ),
      active: (editor) => editor.isActive("spoiler"),
      enabled: (editor) => editor.can().toggleMark("spoiler") && !editor.isActive("spoilerBlock"),
      command: (editor) => editor.chain().focus().toggleMark("spoiler").run(),
    })
  },
})

export const SpoilerBlock = Node.create({
  name: "spoilerBlock",
  group: "block",
  content: "block+",
  defining: true,

  parseHTML() {
    return [{ tag: "div.spoiler" }]
  },

  renderHTML() {
    return ["div", { class: "spoiler" }, 0]
  },

  addKeyboardShortcuts() {
    return { "Mod-Alt-h": () => this.editor.commands.toggleWrap(this.name) }
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: this.name,
      groups: "spoilers",
      button: buttons.text(
        gettext("Spoiler block"),
        gettext("Spoiler block: hide these paragraphs until asked for (Ctrl+Alt+H)"),
      ),
      active: (editor) => editor.isActive("spoilerBlock"),
      enabled: (editor) => editor.can().toggleWrap("spoilerBlock"),
      command: (editor) => editor.chain().focus().toggleWrap("spoilerBlock").run(),
    })
  },
})
