"""The login page: filling it in, having the code sent, handing it in."""

import time

from agent_core.errors import PortalError
from agent_core.portal import wording
from agent_core.portal.login import Accepted, CodeRefused, Refused
from agent_core.portal.page import Window
from agent_core.portal.script import script
from agent_core.portal.visits import Visitor
from agent_core.ports import PortalCredentials
from protocol.reasons import Reason

RADIO = 'input[type="radio"][title="Company"]'
USERNAME = "input#username"

PHONE = 'input[placeholder="Enter Your Phone Number"]'
SEND = 'button[name="sendotp"]'
OTP = 'input[placeholder="Enter Your OTP"]'

NO_ALERT_SECONDS = 3.0
"""If the field for the code has been there so long without an alert, there will be none."""

_FILL = """
const write = (element, value) => {
    const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    element.focus();
    element.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true}));
    setter.call(element, value);
    element.dispatchEvent(new Event('input', {bubbles: true}));
    element.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true}));
    element.dispatchEvent(new Event('change', {bubbles: true}));
    element.blur();
    element.dispatchEvent(new FocusEvent('blur'));
    element.dispatchEvent(new FocusEvent('focusout', {bubbles: true}));
};
"""
_CHOOSE = script("""
const radio = document.querySelector(arguments[0]);
if (!radio) return false;
radio.click();
return true;
""")
_WRITE = script(f"""{_FILL}
const element = all(arguments[0]).find(visible);
if (!element || element.disabled) return false;
write(element, arguments[1]);
return true;
""")
_WRITE_AGAIN = script(f"""{_FILL}
const radio = document.querySelector(arguments[0]);
const empty = arguments[1].map(([selector, value]) => [document.querySelector(selector), value])
    .filter(([element]) => element && !element.value);
if (radio && empty.length && !radio.checked) radio.click();
for (const [element, value] of empty) write(element, value);
return empty.length > 0;
""")
_STANDS_STILL = script("""
const place = JSON.stringify(all(arguments[0]).find(visible)?.getBoundingClientRect());
if (window.njordhrPlace !== place) {
    window.njordhrPlace = place;
    window.njordhrSince = performance.now();
}
return performance.now() - window.njordhrSince > 200;
""")
_READY_BUTTON = script(
    "return all(arguments[0]).find(button => visible(button) && !button.disabled) || null;"
)
_VISIBLE = script("return all(arguments[0]).some(visible);")
_FIELD = script("return all(arguments[0]).find(visible) || null;")
_CLEAR_ANSWERS = script("""
const answers = /incorrect otp|incorrect password|otp.{0,40}expired|expired.{0,40}otp/i;
for (const element of all('body *')) {
    const own = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
    const inside = [...element.children].some(child => answers.test(child.textContent));
    if (answers.test(fold(element.textContent)) && !inside)
        own.forEach(node => { node.textContent = ''; });
}
return (words().match(/captcha|blocked/gi) || []).length;
""")
_SUBMIT_BUTTON = script("""
const otp = all(arguments[0]).find(visible);
const label = button => fold(button.innerText || button.value || button.title || button.ariaLabel);
const other = /resend|re-send|send|again|cancel|back|forgot|register|sign ?up|reset|clear|search|subscribe/i;
const wanted = /verify|submit|log ?-?in|sign ?-?in|proceed|continue|confirm|validate|enter|^ok$|^go$/i;
const weigh = button => (wanted.test(label(button)) ? 4 : 0)
    + (otp.form && button.form === otp.form ? 3 : 0)
    + (otp.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING ? 1 : 0);
const usable = button => visible(button) && !button.disabled && button.name !== 'sendotp';
const kinds = 'button, input[type="submit"], input[type="button"], input[type="image"], [role="button"]';
const buttons = all(kinds).filter(button => usable(button) && !other.test(label(button)))
    .map(button => [weigh(button), button]).filter(([weight]) => weight >= 3);
buttons.sort((one, two) => two[0] - one[0]);
return buttons.length ? buttons[0][1] : null;
""")
_DASHBOARD = script("return all('div.main_right_heading').some(visible);")
_OUTCOME = script("""
if (all('div.main_right_heading').some(visible)) return {dashboard: true, words: ''};
const answers = /incorrect\\s+otp|incorrect\\s+password|otp.{0,40}expired|expired.{0,40}otp/i;
const warnings = (words().match(/captcha|blocked/gi) || []).length;
const warned = warnings > arguments[0];
return warned || answers.test(words()) ? {dashboard: false, words: words().slice(0, 20000)} : null;
""")


class LoginPage:
    """The portal's login page, at an address that is a setting."""

    def __init__(self, visitor: Visitor[Window], login_url: str, dashboard_url: str) -> None:
        """Use this visitor."""
        self._visitor = visitor
        self._page = visitor.page
        self._login_url = login_url
        self._dashboard_url = dashboard_url

    def send_code(self, credentials: PortalCredentials) -> Refused | None:
        """Fill in the page and have the code sent; nothing is returned when it was.

        Raises:
            PortalError: the page is not as the contract says.
        """
        self._visitor.go(self._login_url, login_is_wanted=True)
        if not self._page.until(_CHOOSE, RADIO, seconds=self._visitor.seconds):
            raise self._missing(RADIO)
        for field, value in _fields(credentials):
            if not self._page.until(_WRITE, field, value, seconds=self._visitor.seconds):
                raise self._missing(field)
        if not self._page.until(_READY_BUTTON, SEND, seconds=self._visitor.seconds):
            raise self._missing(SEND)
        self._visitor.ask()
        self._page.click(_READY_BUTTON, SEND)
        return self._code_sent()

    def hand_in(self, otp: str, credentials: PortalCredentials) -> Accepted | CodeRefused | Refused:
        """Hand in the code and read the answer.

        The page may hold the login's fields too, and have lost what was in them: they are filled in again.

        Raises:
            PortalError: the portal gave no answer that is known.
        """
        # What an earlier try was told, or a page always says, must not be read as the answer to this one.
        warnings = self._page.run(_CLEAR_ANSWERS)
        if self._page.run(_WRITE_AGAIN, RADIO, _fields(credentials)):
            self._page.until(_STANDS_STILL, OTP, seconds=NO_ALERT_SECONDS)  # a click must not miss
        if not self._page.run(_WRITE, OTP, otp):
            return CodeRefused(Reason.LOGIN_OTP_EXPIRED, asks_again=False)
        self._visitor.ask()
        if not self._page.click(_SUBMIT_BUTTON, OTP):
            self._page.press_enter(_FIELD, OTP)
        outcome = self._page.until(_OUTCOME, warnings, seconds=self._visitor.seconds, or_alert=True)
        said = " ".join(self._page.alerts())
        if outcome is None and said:
            outcome = self._page.until(_OUTCOME, warnings, seconds=NO_ALERT_SECONDS)
        if outcome is not None and outcome["dashboard"]:
            return Accepted()
        return self._refusal(f"{said} {outcome['words'] if outcome else ''}")

    def _missing(self, what: str) -> PortalError:
        return self._visitor.missing(what, login_is_wanted=True)

    def _code_sent(self) -> Refused | None:
        said = self._alert_after_sending()
        if wording.says(said, wording.NOT_REGISTERED):
            return Refused(Reason.LOGIN_PHONE_NOT_REGISTERED)
        if wording.says_blocked(said):
            raise PortalError(Reason.PORTAL_BLOCKED)
        if self._page.until(_VISIBLE, OTP, seconds=self._visitor.seconds):
            return None
        if wording.says(said, wording.PASSWORD_REFUSED):
            return Refused(Reason.LOGIN_WRONG_PASSWORD)
        if said:
            return Refused(Reason.LOGIN_UNEXPECTED)
        raise self._missing(OTP)

    def _alert_after_sending(self) -> str:
        deadline = time.monotonic() + self._visitor.seconds
        while time.monotonic() < deadline:
            there = self._page.until(_VISIBLE, OTP, seconds=self._visitor.seconds, or_alert=True)
            said = self._page.alerts()
            if not said and there:  # the alert may still be on its way
                self._page.until("return false;", seconds=NO_ALERT_SECONDS, or_alert=True)
                return " ".join(self._page.alerts())
            if said:
                return " ".join(said)
        return ""

    def _refusal(self, said: str) -> Accepted | CodeRefused | Refused:
        if wording.says(said, wording.PASSWORD_REFUSED):
            return Refused(Reason.LOGIN_WRONG_PASSWORD)
        asks_again = bool(self._page.run(_VISIBLE, OTP))
        if wording.says(said, wording.OTP_REFUSED):
            return CodeRefused(Reason.LOGIN_WRONG_OTP, asks_again)
        if wording.says_otp_expired(said):
            return CodeRefused(Reason.LOGIN_OTP_EXPIRED, asks_again)
        if wording.says_blocked(said):
            raise PortalError(Reason.PORTAL_BLOCKED)
        look = self._visitor.go(
            self._dashboard_url, login_is_wanted=True
        )  # it may have opened in its own way
        if look.is_login:
            return Refused(Reason.LOGIN_UNEXPECTED)
        if not self._page.run(_DASHBOARD):
            raise self._visitor.missing("the dashboard")
        return Accepted()


def _fields(credentials: PortalCredentials) -> list[tuple[str, str]]:
    return [
        (USERNAME, credentials.username),
        ('input[name="password"]', credentials.password),
        (PHONE, credentials.phone),
    ]
