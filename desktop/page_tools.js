// See page_tools.py. Steps are the zooms there are; key is the modifier: ctrlKey or metaKey.
(steps, key) => {
  if (window.njordhrTools) return
  const kept = 'njordhr.zoom'
  let zoom = Number(sessionStorage.getItem(kept)) || 1
  let ranges = [], at = -1, bar = null, field = null, said = null, before = null

  const zoomTo = (wanted) => {
    zoom = wanted
    sessionStorage.setItem(kept, String(zoom))
    document.documentElement.style.zoom = String(zoom)
  }
  if (zoom !== 1) zoomTo(zoom)

  const style = new CSSStyleSheet()
  style.replaceSync('::highlight(njordhr-found){background:#ffe08a;color:#14212b}'
    + '::highlight(njordhr-current){background:#ff9632;color:#14212b}')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style]

  const textNodes = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement?.checkVisibility?.() === false ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
    const nodes = []
    while (walker.nextNode()) nodes.push(walker.currentNode)
    return nodes
  }

  const look = (text) => {
    const wanted = text.toLocaleLowerCase(), found = []
    if (!wanted) return found
    for (const node of textNodes()) {
      const here = node.data.toLocaleLowerCase()
      if (here.length !== node.data.length) continue
      for (let from = here.indexOf(wanted); from >= 0; from = here.indexOf(wanted, from + wanted.length)) {
        const range = new Range()
        range.setStart(node, from)
        range.setEnd(node, from + wanted.length)
        found.push(range)
      }
    }
    return found
  }

  const show = () => {
    const marks = CSS.highlights
    marks.set('njordhr-found', new Highlight(...ranges))
    marks.set('njordhr-current', new Highlight(...(ranges[at] ? [ranges[at]] : [])))
    ranges[at]?.startContainer.parentElement?.scrollIntoView({block: 'center'})
    const words = ranges.length ? `${at + 1} of ${ranges.length}` : 'Not on this page'
    said.textContent = field.value ? words : ''
  }

  const search = () => {
    ranges = look(field.value)
    at = ranges.length ? 0 : -1
    show()
  }

  const next = (back) => {
    if (!ranges.length) return
    at = (at + (back ? ranges.length - 1 : 1)) % ranges.length
    show()
  }

  const close = () => {
    bar.host.remove()
    CSS.highlights.delete('njordhr-found')
    CSS.highlights.delete('njordhr-current')
    bar = null
    before?.focus?.()
  }

  const open = () => {
    if (!bar) {
      before = document.activeElement
      const host = document.createElement('div')
      host.setAttribute('role', 'search')
      bar = host.attachShadow({mode: 'open'})
      const look = new CSSStyleSheet()
      look.replaceSync(`
        :host { position: fixed; right: 16px; bottom: 44px; z-index: 2147483647; font: 14px system-ui }
        div { display: flex; gap: 8px; align-items: center; padding: 8px 12px; border-radius: 8px;
          border: 1px solid #4b5b68; background: Canvas; color: CanvasText }
        input { font: inherit; padding: 4px 8px; width: 220px }`)
      bar.adoptedStyleSheets = [look]
      const row = document.createElement('div')
      field = document.createElement('input')
      field.setAttribute('aria-label', 'Find on this page')
      field.placeholder = 'Find on this page'
      said = document.createElement('span')
      said.setAttribute('role', 'status')
      row.append(field, said)
      bar.append(row)
      field.addEventListener('input', search)
      field.addEventListener('keydown', (event) => {
        event.stopPropagation()
        if (event.key === 'Escape') close()
        else if (event.key === 'Enter') next(event.shiftKey)
        else if (!pressed(event)) return
        event.preventDefault()
      })
      document.body.append(host)
    }
    field.focus()
    field.select()
  }

  const actions = {
    find: open,
    print: () => window.print(),
    reload: () => location.reload(),
    normal: () => zoomTo(1),
    larger: () => zoomTo(steps.find((step) => step > zoom + 0.001) ?? steps[steps.length - 1]),
    smaller: () => zoomTo(steps.findLast((step) => step < zoom - 0.001) ?? steps[0]),
  }
  const keys = {f: 'find', p: 'print', r: 'reload', 0: 'normal', '+': 'larger', '=': 'larger', '-': 'smaller'}

  const pressed = (event) => {
    const withKey = event[key] && !event.altKey ? keys[event.key.toLowerCase()] : undefined
    const name = event.key === 'F5' ? 'reload' : withKey
    if (!name) return false
    actions[name]()
    return true
  }

  window.addEventListener('keydown', (event) => {
    if (!event.defaultPrevented && pressed(event)) event.preventDefault()
  })
  Object.defineProperty(window, 'njordhrTools', {value: Object.freeze({do: (name) => actions[name](),
    get zoom() { return zoom }})})
}
