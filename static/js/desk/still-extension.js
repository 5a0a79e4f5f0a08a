// Pictures between paragraphs: dropped, pasted or chosen, several at once. The text keeps a picture's key
// as <figure data-picture="12">; what is said of it is typed beside it and saved with the form.

import { Node, Plugin, crel, gettext } from "django-prose-editor/editor"
import { aboutStill, uploadOf, uploads } from "./stills.js"
import { fieldsOf } from "./still-fields.js"

// Only a form that says where stills go takes any.
const taking = () => document.querySelector("[data-stills]")

export const Still = Node.create({
  name: "still",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    return {
      picture: {
        default: null,
        parseHTML: (element) => element.dataset.picture,
        renderHTML: ({ picture }) => (picture ? { "data-picture": picture } : {}),
      },
      // While its file is on its way, and if it is refused: that much isn't kept.
      upload: { default: null, rendered: false },
    }
  },

  parseHTML() {
    return [{ tag: "figure[data-picture]" }]
  },

  renderHTML({ HTMLAttributes }) {
    // Not empty, or the editor would take a text of nothing but one still for no text.
    return ["figure", HTMLAttributes, ["br"]]
  },

  addNodeView() {
    return (view) => new StillView(view)
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: this.name,
      groups: "nodes",
      button: buttons.text(gettext("Pictures"), gettext("Pictures: add stills here")),
      hidden: () => !taking(),
      command: choose,
    })
  },

  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          handlePaste: (view, event) => {
            const data = event.clipboardData
            // What has words is pasted as such: word processors put a picture of them beside.
            if (wordsIn(data.getData("text/html")) || data.getData("text/plain")) return false
            return take(editor, data.files, view.state.selection.to)
          },
          handleDrop: (view, event, _slice, moved) => {
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
            return !moved && take(editor, event.dataTransfer?.files, at?.pos ?? view.state.selection.to)
          },
        },
      }),
    ]
  },
})

// Without parsing it: the policy would complain of every style="" in it.
const wordsIn = (html) =>
  html.replace(/<style.*?<\/style>|<!--.*?-->|<[^>]*>|&nbsp;/gis, "").trim()

function choose(editor) {
  const { accept } = taking().dataset
  const input = crel("input", { type: "file", accept, multiple: true })
  input.addEventListener("change", () => take(editor, input.files, editor.state.selection.to))
  input.click()
}

// Puts a still for each file where `pos` is, in their order; answers whether there was a picture among them.
function take(editor, files, pos) {
  const pictures = [...(files ?? [])]
  if (!taking() || !pictures.some((file) => file.type.startsWith("image/"))) return false
  const { schema } = editor
  const stills = pictures.map((file) => schema.nodes.still.create({ upload: uploadOf(file, taking()).key }))
  const { from, to, isLast } = between(editor.state.doc, pos, schema.nodes.still)
  // So that there is somewhere to write on.
  if (isLast) stills.push(schema.nodes.paragraph.create())
  editor.view.dispatch(editor.state.tr.replaceWith(from, to, stills).scrollIntoView())
  return true
}

// The nearest place for a block: after the one at `pos`, before it at its very beginning, or for it if it is empty.
function between(doc, pos, type) {
  const $pos = doc.resolve(pos)
  for (let depth = $pos.depth; depth > 0; depth--) {
    const index = $pos.index(depth - 1)
    const parent = $pos.node(depth - 1)
    if (!parent.canReplaceWith(index + 1, index + 1, type)) continue
    const [before, after] = [$pos.before(depth), $pos.after(depth)]
    const isEmpty = $pos.node(depth).isTextblock && !$pos.node(depth).content.size
    const isLast = index + 1 === parent.childCount
    if (isEmpty && parent.canReplaceWith(index, index + 1, type)) return { from: before, to: after, isLast }
    const isAtStart = pos === before + 1 && parent.canReplaceWith(index, index, type)
    return isAtStart ? { from: before, to: before } : { from: after, to: after, isLast }
  }
  return { from: pos, to: pos, isLast: pos === doc.content.size }
}

class StillView {
  constructor({ node, editor, getPos }) {
    Object.assign(this, { node, editor, getPos })
    this.dom = crel("figure", { className: "still-edit", role: "group" })
    this.dom.setAttribute("contenteditable", "false")
    this.show()
  }

  show() {
    const { picture, upload } = this.node.attrs
    if (picture) this.showPicture(picture)
    else this.showUpload(uploads.get(upload))
  }

  async showPicture(key) {
    this.dom.setAttribute("aria-label", gettext("Picture"))
    this.dom.replaceChildren(this.removal())
    const still = await aboutStill(key, taking())
    if (!still) {
      const sentence = gettext("This picture is gone, or can't be shown here. Readers see nothing in its place.")
      this.dom.prepend(crel("p", { className: "still-edit__told", textContent: sentence }))
      return
    }
    const image = crel("img", { className: "still-edit__thumb", src: still.url, alt: "" })
    this.dom.replaceChildren(image, fieldsOf(still), this.removal())
  }

  showUpload(upload) {
    if (!upload) return // from a clipboard of another page
    const bar = crel("progress", { max: 1, value: 0 })
    bar.setAttribute("aria-label", upload.name)
    const told = crel("p", { className: "still-edit__told", role: "status", textContent: upload.name })
    this.dom.setAttribute("aria-label", upload.name)
    this.dom.replaceChildren(told, bar, this.removal())
    upload.follow(() => {
      bar.value = upload.progress
      if (upload.picture) this.settle(upload.picture)
      if (!upload.refused) return
      bar.remove()
      this.dom.classList.add("still-edit--refused")
      told.setAttribute("role", "alert")
      told.textContent = `${upload.name}: ${upload.refused}`
    })
  }

  // From its file's name to its key, which isn't an edit of its own: undoing takes the still away.
  settle(picture) {
    queueMicrotask(() => {
      const pos = this.getPos()
      if (pos === undefined || this.node.attrs.picture) return
      const { tr } = this.editor.state
      tr.setNodeMarkup(pos, null, { picture: String(picture), upload: null })
      this.editor.view.dispatch(tr.setMeta("addToHistory", false))
    })
  }

  removal() {
    const button = crel("button", {
      type: "button",
      className: "still-edit__remove",
      textContent: gettext("Remove from the text"),
    })
    button.addEventListener("click", () => {
      const from = this.getPos()
      this.editor.chain().deleteRange({ from, to: from + this.node.nodeSize }).focus().run()
    })
    return button
  }

  update(node) {
    if (node.type !== this.node.type) return false
    const isSame = node.attrs.picture === this.node.attrs.picture && node.attrs.upload === this.node.attrs.upload
    this.node = node
    if (!isSame) this.show()
    return true
  }

  selectNode() {
    this.dom.classList.add("still-edit--selected")
  }

  deselectNode() {
    this.dom.classList.remove("still-edit--selected")
  }

  stopEvent(event) {
    // Files dropped on a field are stills too.
    return !/^drag|^drop/.test(event.type) && Boolean(event.target.closest("input, label, button"))
  }

  ignoreMutation() {
    return true
  }
}
