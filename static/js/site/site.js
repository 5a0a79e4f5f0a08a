// The one script of the public pages. They work without it; it closes what goes further than the reader, and
// keeps how far they are in their own browser.

import { drawAll } from "./veils.js"

drawAll()
// Until this is said, the style sheet hides what might have to be closed (veil.css).
document.documentElement.dataset.settled = ""

// What can be pressed comes when the page has been painted once.
const painted = new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
const wanted = (selector, load) => document.querySelector(selector) && painted.then(load).then((module) => module.start())

wanted("[data-follow], [data-watched]", () => import("./follow.js"))
wanted("[data-my-shows]", () => import("./my_shows.js"))
wanted("[data-counts]", () => import("./average.js"))
wanted("[data-share]", () => import("./share.js"))
wanted("time", () => import("./times.js"))
