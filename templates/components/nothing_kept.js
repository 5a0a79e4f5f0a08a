{
  let kept
  try { kept = localStorage.getItem("eyecatch") } catch { /* it can't be read: nothing is kept */ }
  if (!kept) document.documentElement.dataset.open = ""
}
