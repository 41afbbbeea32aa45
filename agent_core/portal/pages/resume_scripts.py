r"""What the page of a resume is asked and told by script.

Each question costs a way to the browser and back, so that everything before the printing is one of them, and
everything after it another.
"""

from agent_core.portal.script import script

LOADED = "return document.readyState === 'complete' || null;"

_NAMED = """
const itself = cell => fold(cell.textContent).replace(/[^a-z]/gi, '').toLowerCase() === 'name';
const hasName = orInHeading => all('th, td').some(
    cell => (itself(cell) || (orInHeading && cell.textContent.includes('Name'))) && visible(cell));
"""

STATE = script(f"""{_NAMED}
if (isLogin()) return 'login';
return document.readyState === 'complete' && hasName(arguments[0]) ? 'complete' : null;
""")
"""``login``, ``complete``, or nothing yet; a heading such as ``Vessel Name`` counts where it is said."""

_MARKS = r"""
const takeOff = (hosts, limit) => {
const escaped = hosts.map(host => host.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
const address = new RegExp('(^|[^@\\w.-])(www\\.)?(' + escaped + ')(?![\\w-])', 'i');
const mark = /download(ed)?\s+by\b/i;
const inline = element => getComputedStyle(element).display.startsWith('inline');
const unread = /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/;
const styled = [...document.styleSheets].some(sheet => {
    try { return [...sheet.cssRules].some(rule => /content\s*:/.test(rule.cssText)); } catch { return true; }
});
const added = (node, place) => {  // what a style writes beside an element
    const content = styled ? getComputedStyle(node, place).content : 'none';
    const taken = (_, name) => node.getAttribute(name) ?? '';
    const written = content.replace(/attr\(\s*([\w-]+)[^)]*\)/g, taken);
    return /^(none|normal)$/.test(content) ? '' : written.replace(/["']/g, '');
};
const framed = frame => {  // what cannot be read is taken for the portal's own
    try { return frame.contentDocument.body.innerText; } catch { return hosts[0]; }
};
const within = node => {
    if (/^(IFRAME|FRAME|OBJECT|EMBED)$/.test(node.tagName)) return framed(node);
    if (/^(INPUT|TEXTAREA)$/.test(node.tagName)) return `${node.value} ${node.placeholder}`;
    if (node.tagName === 'IMG') return node.alt;
    const parts = [...(node.shadowRoot ?? node).childNodes].map(said);
    return [added(node, '::before'), ...parts, added(node, '::after')].join('');
};
const once = of => {
    const known = new Map();
    return element => {
        if (!known.has(element)) known.set(element, of(element));
        return known.get(element);
    };
};
const saidBy = once(element => inline(element) ? within(element) : ` ${within(element)} `);
const said = node => {  // as it is read: a line break and the edge of a block part words
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || unread.test(node.tagName)) return '';
    return node.tagName === 'BR' ? ' ' : saidBy(node);
};
const folded = once(element => fold(said(element)));
const carries = once(element => [address, mark].some(sign => sign.test(folded(element))));
const short = element => folded(element).length < limit;
const whole = element => !element.querySelector('table, tr, td, th');
const odd = 'iframe, frame, object, embed, input, textarea, img, script, style, template, noscript';
const isPlain = !styled && !all('body *').some(element => element.shadowRoot);
const signs = [...hosts, 'downloadby', 'downloadedby'].map(sign => sign.toLowerCase());
const may = once(element => {  // asks much less than `carries`, and is never no where that is yes
    if (!isPlain || element.matches(odd) || element.querySelector(odd)) return true;
    const bare = element.textContent.replace(/\s+/g, '').toLowerCase();
    return signs.some(sign => bare.includes(sign));
});
const perhaps = [];
const gather = element => {
    const inside = [...element.children].filter(may);
    perhaps.push(...inside);
    inside.forEach(gather);
};
gather(document.body);
const hits = perhaps.filter(element =>
    short(element) && carries(element) && ![...element.children].some(child => may(child) && carries(child)));
for (const hit of hits) {
    let box = hit;
    const up = () => box.parentElement;
    while (inline(box) && up() !== document.body && short(up()) && whole(up())) box = up();
    const goesOn = /download(ed)?\s+by\W*$/i.test(folded(box));
    const isRow = up().tagName === 'TR';
    if (goesOn && up() !== document.body && short(up()) && (isRow || whole(up()))) box = up();
    const [property, value] = /^T[DH]$/.test(box.tagName) ? ['visibility', 'hidden'] : ['display', 'none'];
    box.style.setProperty(property, value, 'important');
}
const leadsTo = link => {
    const given = link.getAttribute('href') ?? link.getAttribute('xlink:href');
    try { return new URL(given, document.baseURI); } catch { return null; }
};
for (const link of all('a, area')) {  // the PDF leads to web pages and people, to no file or share
    const to = leadsTo(link);
    const own = to && hosts.some(host => to.hostname === host || to.hostname.endsWith('.' + host));
    if (to && !own && /^(https?|mailto|tel):$/.test(to.protocol)) continue;
    ['href', 'xlink:href'].forEach(name => link.removeAttribute(name));
}
document.title = 'Resume';  // an empty one would put the address into the PDF
};
"""

_READ = """
const cellText = cell => cell.querySelector('table') ? '' : cell.innerText.trim().toWellFormed();
const cells = () => all('table').filter(visible).map(
    table => [...table.rows].filter(visible).map(row => [...row.cells].map(cellText)));
"""

_WATCH = """
const WATCH = Symbol.for('resume-watch');
const watch = () => {  // what moves by itself changes without a word to the observer
    window[WATCH]?.observer.disconnect();
    const seen = {isChanged: document.getAnimations().length > 0};
    seen.observer = new MutationObserver(() => { seen.isChanged = true; });
    seen.observer.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
    window[WATCH] = seen;
};
const rests = () => {
    const seen = window[WATCH];
    return seen && !seen.isChanged && seen.observer.takeRecords().length === 0;
};
"""

TAKE = script(f"""{_NAMED}{_MARKS}{_READ}{_WATCH}
const [hosts, limit, orInHeading] = arguments;
const shown = {{url: location.href, login: isLogin()}};
if (shown.login || document.readyState !== 'complete' || !hasName(orInHeading)) return shown;
takeOff(hosts, limit);
watch();
return {{...shown, text: words(), cells: cells()}};
""")
"""Where the page is and whether it is the login; a whole resume is read, with the portal's marks taken off.

What this does to the page is part of what it reads; from then on the page is watched.
"""

AGAIN = script(f"""{_READ}{_WATCH}
return rests() ? null : cells();
""")
"""The cells as they are now; nothing when the page has not changed since it was watched."""
