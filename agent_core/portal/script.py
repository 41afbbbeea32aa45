"""The JavaScript that the pages share, put before each page's own."""

_SHARED = """
const fold = text => (text || '').replace(/\\s+/g, ' ').trim();
const visible = element => !!element && element.getClientRects().length > 0
    && getComputedStyle(element).visibility !== 'hidden';
const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
const words = () => document.body ? document.body.innerText.toWellFormed() : '';
const isLogin = () => {
    const fields = all('input[name="password"], input#username');
    const others = all('input[type="radio"][title="Company"], button[name="sendotp"]');
    return fields.length > 1 && [...fields, ...others].some(visible);
};
"""


def script(body: str) -> str:
    """Return the page's script with the shared part before it."""
    return f"{_SHARED}{body}"


LOOK = script("""
const captcha = all('iframe[src*="captcha"], [class*="captcha" i], [id*="captcha" i], [name*="captcha" i]');
return {
    url: location.href,
    login: isLogin(),
    captcha: captcha.some(visible),
    words: words().slice(0, 20000),
};
""")
"""What kind of page is open."""
