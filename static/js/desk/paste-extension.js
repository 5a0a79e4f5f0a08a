// Turns what word processors and web pages put on the clipboard into plain prose, before it is read.

import { Extension, Plugin } from "django-prose-editor/editor"

export const CleanPaste = Extension.create({
  name: "cleanPaste",

  addProseMirrorPlugins() {
    return [new Plugin({ props: { transformPastedHTML: cleanPasted } })]
  },
})

export function cleanPasted(html) {
  // What was copied inside an editor is prose already.
  if (html.includes("data-pm-slice")) return html

  // The content security policy drops style="" while the browser parses, and with it what tells Google
  // Docs' meaningless <b> from a real one: read it under another name.
  const renamed = html.replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="))
  const { body } = new DOMParser().parseFromString(renamed, "text/html")

  for (const element of body.querySelectorAll("img, picture, svg, style, script, meta, link, figure[data-picture]")) {
    element.remove()
  }
  takeDisclosures(body)
  takeWordLists(body)
  takeInlineStyles(body)
  for (const link of body.querySelectorAll("a[href]")) link.href = behindRedirect(link)
  return body.innerHTML
}

const styleOf = (element) => (element.dataset.style || "").replace(/\s/g, "").toLowerCase()

function takeInlineStyles(body) {
  for (const element of body.querySelectorAll("b, strong")) {
    if (styleOf(element).includes("font-weight:normal")) element.replaceWith(...element.childNodes)
  }
  for (const element of body.querySelectorAll("span[data-style]")) {
    const style = styleOf(element)
    if (/font-weight:(bold|[6-9]00)/.test(style)) wrapContent(element, "strong")
    if (style.includes("font-style:italic")) wrapContent(element, "em")
    if (style.includes("line-through")) wrapContent(element, "s")
  }
}

function wrapContent(element, tag) {
  const wrapper = element.ownerDocument.createElement(tag)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

// A spoiler copied from the public page stays one.
function takeDisclosures(body) {
  for (const details of body.querySelectorAll("details.spoiler")) {
    const tag = details.classList.contains("spoiler-inline") ? "span" : "div"
    const spoiler = details.ownerDocument.createElement(tag)
    spoiler.className = "spoiler"
    const content = details.querySelector(".spoiler-text") || details
    details.querySelector(":scope > summary")?.remove()
    spoiler.append(...content.childNodes)
    details.replaceWith(spoiler)
  }
}

const MARKER = /^\s*(?:[·•o§▪◦‣-]|\(?(?<number>\d{1,3}|[a-z]|[ivx]+)[.)])[\s\u00a0]+/i

// Word writes list items as paragraphs that begin with a bullet in another font.
function takeWordLists(body) {
  let lists = []
  for (const paragraph of body.querySelectorAll("p")) {
    const style = styleOf(paragraph)
    if (!/mso-list:l\d/.test(style) && !/^MsoListParagraph/.test(paragraph.className)) {
      lists = []
      continue
    }
    if (paragraph.previousElementSibling !== lists[0]?.list) lists = []
    const level = Number(/mso-list:l\d+level(\d+)/.exec(style)?.[1] || 1)
    const ordered = takeMarker(paragraph)
    lists = lists.slice(0, level)
    while (lists.length < level) {
      const list = body.ownerDocument.createElement(ordered ? "ol" : "ul")
      const parent = lists.at(-1)
      if (parent) (parent.list.lastElementChild || parent.list).append(list)
      else paragraph.before(list)
      lists.push({ list })
    }
    const item = body.ownerDocument.createElement("li")
    lists.at(-1).list.append(item)
    item.append(paragraph)
  }
}

// Takes the bullet or number away; answers whether it was a number.
function takeMarker(paragraph) {
  const ignored = [...paragraph.querySelectorAll("span")].find((span) =>
    styleOf(span).includes("mso-list:ignore"),
  )
  if (ignored) {
    const number = MARKER.exec(`${ignored.textContent} `)?.groups.number
    ignored.remove()
    return Boolean(number)
  }
  const match = MARKER.exec(paragraph.textContent)
  if (match) removeStart(paragraph, match[0].length)
  return Boolean(match?.groups.number)
}

function removeStart(element, length) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let text = walker.nextNode(); text && length > 0; text = walker.nextNode()) {
    const taken = Math.min(length, text.data.length)
    text.data = text.data.slice(taken)
    length -= taken
  }
}

// Links copied from Google's documents lead through its redirect.
function behindRedirect(link) {
  const address = link.getAttribute("href")
  if (!/^https?:\/\/(www\.)?google(\.[a-z]{2,3}){1,2}\/url\?/.test(address)) return address
  const asked = new URL(address).searchParams
  const target = asked.get("q") || asked.get("url") || ""
  return /^https?:\/\//.test(target) ? target : address
}
