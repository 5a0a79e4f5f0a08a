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
      enabled: (editor) =>
        editor.can().toggleMark("spoiler") && !spoilerBlocks(editor.state).length,
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

  addCommands() {
    return {
      toggleSpoilerBlock:
        () =>
        ({ commands, dispatch, state, tr }) => {
          const found = spoilerBlocks(state)
          if (!found.length) return commands.wrapIn(this.name)
          if (dispatch) for (const { pos, node } of found.toReversed()) unwrap(tr, pos, node)
          return true
        },
    }
  },

  addKeyboardShortcuts() {
    return { "Mod-Alt-h": () => this.editor.commands.toggleSpoilerBlock() }
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: this.name,
      groups: "spoilers",
      button: buttons.text(
        gettext("Spoiler block"),
        gettext("Spoiler block: hide these paragraphs until asked for (Ctrl+Alt+H)"),
      ),
      active: (editor) => spoilerBlocks(editor.state).length > 0,
      enabled: (editor) => editor.can().toggleSpoilerBlock(),
      command: (editor) => editor.chain().focus().toggleSpoilerBlock().run(),
    })
  },
})

// The blocks that the selection touches: it stands in one, or reaches over some.
function spoilerBlocks({ doc, selection: { from, to } }) {
  const found = []
  doc.nodesBetween(from, to, (node, pos) => {
    if (node.type.name === "spoilerBlock") found.push({ node, pos })
  })
  return found
}

function unwrap(tr, pos, node) {
  const range = tr.doc.resolve(pos + 1).blockRange(tr.doc.resolve(pos + node.nodeSize - 1))
  tr.lift(range, range.depth - 1)
}
