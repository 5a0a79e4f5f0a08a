// The words that scripts say, in the page's language: they stand in components/progress.html.

const words = document.getElementById("reader-words")

// say("beyond", "6.5"): the sentence with what belongs into its braces.
export const say = (name, ...values) => words.getAttribute(`data-say-${name}`).replace(/\{\}/g, () => values.shift())

// How far somebody is, as a sentence's end.
export function where(through) {
  if (through === null) return say("start")
  return through === "*" ? say("everything") : say("through", through)
}
