// Text in another language, and reading aids above Japanese, so that the editor keeps what it is given.

import { Mark, gettext } from "django-prose-editor/editor"

export const Language = Mark.create({
  name: "language",
  priority: 870,

  addAttributes() {
    return { lang: { default: "ja" } }
  },

  parseHTML() {
    return [{ tag: "span[lang]" }]
  },

  renderHTML({ HTMLAttributes }) {
    return ["span", HTMLAttributes, 0]
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: this.name,
      groups: "marks",
      priority: 50,
      button: buttons.text(
        "日本語",
        gettext("Japanese: mark these words, for screen readers and the right letter forms"),
      ),
      active: (editor) => editor.isActive("language"),
      enabled: (editor) => editor.can().toggleMark("language"),
      command: (editor) => editor.chain().focus().toggleMark("language", { lang: "ja" }).run(),
    })
  },
})

// <ruby> must stand outside of <rt> and <rp>: the higher priority is the outer mark.
const readingAid = (name, tag, priority) =>
  Mark.create({
    name,
    priority,
    inclusive: false,
    parseHTML() {
      return [{ tag }]
    },
    renderHTML() {
      return [tag, 0]
    },
  })

export const Ruby = readingAid("ruby", "ruby", 900)
export const RubyText = readingAid("rubyText", "rt", 890)
export const RubyBracket = readingAid("rubyBracket", "rp", 880)
