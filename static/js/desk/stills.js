// Sends picture files to the desk, two at a time, and knows what is said of each picture.

import { gettext } from "django-prose-editor/editor"

const AT_ONCE = 2

// By key, every file that was taken on this page: an undone still may come back.
export const uploads = new Map()
const waiting = []
let running = 0

class Upload {
  constructor(file, place) {
    this.key = `${uploads.size + 1}`
    Object.assign(this, { file, place, name: file.name, progress: 0, picture: null, refused: "" })
    this.followers = []
  }

  get isDone() {
    return Boolean(this.picture || this.refused)
  }

  // Calls `told` now and at every change.
  follow(told) {
    this.followers.push(told)
    told()
  }

  is(change) {
    Object.assign(this, change)
    for (const told of this.followers) told()
  }

  send() {
    const request = new XMLHttpRequest()
    const data = new FormData()
    data.append("file", this.file)
    request.open("POST", this.place.dataset.stills)
    request.setRequestHeader("X-CSRFToken", this.place.closest("form").elements.csrfmiddlewaretoken.value)
    request.responseType = "json"
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) this.is({ progress: event.loaded / event.total })
    })
    request.addEventListener("loadend", () => {
      this.is(this.outcome(request))
      running -= 1
      sendNext()
    })
    request.send(data)
  }

  outcome({ status, response }) {
    if (status === 200 && response) {
      known.set(String(response.id), Promise.resolve(response))
      return { picture: response.id, file: null }
    }
    const sentence = gettext("It couldn't be sent. Remove it and add it again.")
    return { refused: response?.refused || sentence, file: null }
  }
}

export function uploadOf(file, place) {
  holdForm(place.closest("form"))
  const upload = new Upload(file, place)
  uploads.set(upload.key, upload)
  waiting.push(upload)
  sendNext()
  return upload
}

function sendNext() {
  while (running < AT_ONCE && waiting.length) {
    running += 1
    waiting.shift().send()
  }
}

// A form that is sent while files are on their way waits for them.
function holdForm(form) {
  if (form.dataset.waitsForStills) return
  form.dataset.waitsForStills = "yes"
  form.addEventListener("submit", (event) => {
    const unsent = [...uploads.values()].filter((upload) => !upload.isDone)
    if (!unsent.length) return
    event.preventDefault()
    const isLast = () => unsent.every((upload) => upload.isDone)
    let isSent = false
    for (const upload of unsent) {
      upload.follow(() => {
        if (isSent || !isLast()) return
        isSent = true
        // The text learns of the picture in a moment of its own.
        setTimeout(() => form.requestSubmit(event.submitter), 0)
      })
    }
  })
}

const known = new Map()

// What the desk says of a picture; nothing where it can't say.
export function aboutStill(key, place) {
  if (!place) return Promise.resolve(null)
  if (!known.has(key)) known.set(key, asked(`${place.dataset.stills}${key}/`))
  return known.get(key)
}

async function asked(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } })
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}
