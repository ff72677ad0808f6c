/*
 * Runs before the app, also in browsers that can't even parse it, so it is written in the JavaScript of 2009. If the browser lacks the newest
 * functions of the oldest browsers in package.json, it shows the text about old browsers in index.html. Without #root, src/main.tsx starts
 * nothing.
 */
;(function () {
  if (
    window.URL &&
    URL.canParse && // Chrome 120
    window.CSS &&
    CSS.registerProperty && // Firefox 128
    window.AbortSignal &&
    AbortSignal.any // Safari 17.4
  )
    return
  var root = document.getElementById('root')
  root.parentNode.removeChild(root)
  document.getElementById('old-browser').removeAttribute('hidden')
})()
