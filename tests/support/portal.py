"""A second portal that keeps the contract in its own way, to prove that nothing else is relied on.

Unlike the demo it has three people a page, a filter that posts, a "Next" that only a script follows, base64
ids without padding, other wording, decoys, fields that appear late, layout tables around everything, an
alert at odd moments, and resumes whose name appears a while after the page.
"""

import base64
import html
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from agent_core.ports import FetchedResume, Listing, PortalSession
from protocol.vocabulary import portal_ranks, portal_ship_types

RANK, SHIP, EMPTY_SHIP = "Chief Officer", "Oil/Chem Tanker", "Wood/Log Carrier"
USER, PASSWORD, PHONE = "harbour", "sail&away=1", "0098 765"
PAGE_SIZE = 3


def encoded(number: str) -> str:
    """Return a number as this site's links carry it."""
    return base64.b64encode(number.encode()).decode().rstrip("=")


@dataclass
class Harbour:
    """The site's state.

    Attributes:
        lists: the numbers of each list, in order.
        unreadable: a number that the links carry as it is.
        faults: what a person's resume request does instead, by number.
        busy: so many resume requests are answered 503 with a pause to wait.
        pause: how long, in seconds.
        alone: the address of a resume is the same for everybody; it shows who was looked at last.
        most_at_once: so many requests were answered at the same time.
        came: when each request for a page of a person came, on the steady clock.
    """

    lists: dict[str, Sequence[str]] = field(
        default_factory=lambda: {
            "ALL CANDIDATES (newest first)": ("0042", "7", "1000", "1001", "1002", "1003", "1004"),
            "Today Downloads - do not count": ("555",),
            "Favourites": ("7", "2000"),
        }
    )
    faults: dict[str, Callable[["_Handler"], None]] = field(default_factory=dict)
    busy: int = 0
    pause: int = 1
    alone: bool = False
    looked_at: str = ""
    now: int = 0
    most_at_once: int = 0
    came: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    lives: bool = False
    otp: str | None = None
    chosen: tuple[str, str] = ("", "")
    asked: list[str] = field(default_factory=list)
    address: str = ""

    @property
    def login_url(self) -> str:
        """The login page."""
        return f"{self.address}/enter.asp"

    @property
    def dashboard_url(self) -> str:
        """The dashboard."""
        return f"{self.address}/home.asp"


@contextmanager
def harbour() -> Iterator[Harbour]:
    """Serve the site on a free port until the block ends."""
    site = Harbour()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    site: Harbour

    def do_GET(self) -> None:
        self._route({name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._route({name: values[0] for name, values in parse_qs(body).items()})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _route(self, form: dict[str, str]) -> None:
        site = self.site
        with site.lock:
            site.now += 1
            site.most_at_once = max(site.most_at_once, site.now)
        try:
            self._answered(form)
        finally:
            with site.lock:
                site.now -= 1

    def _answered(self, form: dict[str, str]) -> None:
        path = urlsplit(self.path).path
        self.site.asked.append(self.path)
        open_to_all = {"/enter.asp": self._login, "/otp.asp": self._send_otp}
        pages = {
            "/home.asp": self._home,
            "/list.asp": self._list,
            "/view_cand_details.php": self._details,
            "/company/view_cand_details.php": self._details,
            "/company/download.php": self._resume,
            "/company/fetch.php": self._resume,
        }
        if path in open_to_all:
            open_to_all[path](form)
        elif path not in pages:
            self.answer("<p>Not here</p>", 404)
        elif not self.site.lives:
            self._redirect("/enter.asp")
        else:
            pages[path](form)

    def answer(self, body: str, status: int = 200, **headers: str) -> None:
        """Send a page."""
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", headers.pop("length", str(len(data))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def _redirect(self, to: str) -> None:
        self.answer("", 302, Location=to)

    def _login(self, form: dict[str, str]) -> None:
        site, said, otp_field = self.site, "", ""
        if "code" in form:
            if form["code"] != site.otp:
                said, otp_field = _LATE_ALERT, _OTP_FIELD
            elif (form.get("user"), form.get("password")) != (USER, PASSWORD):
                said = "Sorry - user or incorrect password"
            else:
                site.lives, site.otp = True, None
                self._redirect("/home.asp")
                return
        self.answer(_LOGIN.replace("{said}", said).replace("{otp}", otp_field))

    def _send_otp(self, form: dict[str, str]) -> None:
        if form.get("phone") != PHONE:
            self.answer("This mobile is Not Registered!")
            return
        self.site.otp = f"{len(self.site.asked):05}"
        self.answer("A code is on its way.")

    def _home(self, form: dict[str, str]) -> None:
        lists = "".join(
            f"<td><div class='box main_right_heading x'><a href='/help.asp'>?</a><h2><i></i><strong> {name} "
            f"</strong></h2><div class='c'><a href='/list.asp?l={place}'><b>{len(people)}</b></a></div>"
            "</div></td>"
            for place, (name, people) in enumerate(self.site.lists.items())
        )
        self.answer(f"{_TOP}<table><tr>{lists}</tr></table><a href='/next.asp'>Next webinar</a>{_BOTTOM}")

    def _list(self, form: dict[str, str]) -> None:
        name = list(self.site.lists)[int(form["l"])]
        if "rank" in form:
            self.site.chosen = (form["rank"], form["ship"])
        rank, ship = (portal_ranks().index(RANK), portal_ship_types().index(SHIP))
        everybody = self.site.lists[name] if self.site.chosen == (f"r{rank}", f"s{ship}") else ()
        first = int(form.get("p", 0)) * PAGE_SIZE
        shown = everybody[first : first + PAGE_SIZE]
        rows = "".join(map(_row, shown)) or "<tr><td>Sorry, No Records Found here</td></tr>"
        more = _NEXT.format(page=int(form.get("p", 0)) + 1) if first + PAGE_SIZE < len(everybody) else ""
        self.answer(
            f"{_TOP}<table><tr><td>{_filter(form['l'])}</td></tr><tr><td><table id='tfhover'>"
            f"<tr><th>Photo</th><th>Who</th></tr>{rows}</table></td></tr></table>{more}{_BOTTOM}"
        )

    def _details(self, form: dict[str, str]) -> None:
        raw = form["cand_id"]
        self.site.came.append(time.monotonic())
        self.site.looked_at = raw
        if self.site.alone:
            link = "<a href='download.php'>Download PDF</a>"
        elif raw == encoded("7"):  # only a script leads on, after an alert
            link = (
                f"<button onclick=\"alert('Terms apply'); window.open('/company/download.php?c={raw}')\">"
                "Download pdf</button>"
            )
        elif raw == encoded("1003"):  # a script that opens it in this very window
            link = f"<a href=\"javascript:location.href = '/company/download.php?c={raw}'\">Curriculum</a>"
        elif raw == encoded("2000"):  # a click that only moves the page, and a window that opens later
            later = f"setTimeout(() => window.open('download.php?c={raw}', '_blank'), 700)"
            link = f"<a href='#' onclick=\"{later}\">DOWNLOAD PDF</a>"
        elif raw == encoded("1002"):
            link = f"<a target=_blank href='fetch.php?c={raw}'>Download PDF</a>"
        else:
            link = f"<a href='download.php?c={raw}&amp;cand_id={raw}'><img alt=''> the CV </a>"
        alert = "<script>alert('Happy holidays!')</script>" if raw == encoded("1000") else ""
        self.answer(
            f"{_TOP}<table><tr><th>Name</th><td>{raw}</td></tr></table>{alert}"
            f"<a href='/x.asp'>Download app</a>{link}{_BOTTOM}"
        )

    def _resume(self, form: dict[str, str]) -> None:
        self.site.came.append(time.monotonic())
        raw = form.get("c", self.site.looked_at)
        number = base64.b64decode(raw + "=" * (-len(raw) % 4)).decode()
        if self.site.busy > 0:
            self.site.busy -= 1
            self.answer("<p>Busy</p>", 503, Retry_After=str(self.site.pause))
        elif number in self.site.faults:
            self.site.faults[number](self)
        else:
            self.answer(resume(number, self.site.address))


def resume(number: str, address: str) -> str:
    """Return a resume; its name appears a while after the page."""
    host = urlsplit(address).netloc
    rows = "".join(
        f"<tr><td>{place}</td><td>MV Example {number}-{place}</td><td>Oil/Chem Tanker</td>"
        f"<td>Chief Of ficer</td><td>0{place}-Jan-<br>2024</td><td>01-Mar-2024</td></tr>"
        for place in range(1, 8)
    )
    return (
        f"<title>{host} - CV</title><div><p>Download on <script>document.write(Date.now())</script></p>"
        f"<table><tr><td>From <a href='{address}'>{host}</a> for you</td><td>x</td></tr></table>"
        "<table><tr><td><table><tr id=n></tr><tr><td>Mobile No</td><td>0098 1</td></tr></table></td></tr>"
        "</table>"
        "<table><tr><th>No<th>Ship Name<th>Ship Type<th>Rank<th>Sign On<th>Sign Off</tr>"
        f"{rows}</table><div><span>Download</span> <span>by</span> <b>Office AS</b></div>"
        f"<p>mail crew@{host.split(':')[0]} or ask</p></div>"
        "<script>setTimeout(() => { document.getElementById('n').innerHTML ="
        f" '<td>Name</td><td>Sailor {html.escape(number)}</td>'; }}, 150)</script>"
    )


def plain(name: str, top: str = "", bottom: str = "") -> Callable[[_Handler], None]:
    """Send a resume that no script changes, with this cell for the name, and something above and below."""
    return lambda handler: handler.answer(
        f"{top}<table><tr><td>{name}</td><td>Sailor Plain</td></tr><tr><td>Mobile No</td><td>0098</td></tr>"
        f"</table>{bottom}"
    )


def broken_off(handler: _Handler) -> None:
    """Promise more than is sent."""
    handler.answer("<table><tr><td>Name</td><td>Half</td></tr></table>" + " " * 3000, length="90000")
    handler.close_connection = True


def cut_in_the_middle(handler: _Handler) -> None:
    """Send the first part of a page as if it were all."""
    handler.answer(resume("1", handler.site.address).rsplit("</tr>", 3)[0])


def logged_out(handler: _Handler) -> None:
    """Send the login page instead of the resume, once for this page only."""
    handler.answer(_LOGIN.replace("{said}", "").replace("{otp}", ""))


def says(text: str, status: int = 200) -> Callable[[_Handler], None]:
    """Send a page with nothing but these words."""
    return lambda handler: handler.answer(f"<body><p>{text}</p></body>", status)


def fetch_one(session: PortalSession, listing: Listing) -> FetchedResume:
    """Fetch one person alone, and raise what kept them from being fetched."""
    (fetched,) = session.fetch_all([listing])
    assert fetched.listing is listing
    if fetched.resume is None:
        assert fetched.error is not None
        raise fetched.error
    assert fetched.error is None
    return fetched.resume


def _row(number: str) -> str:
    raw = number if number.startswith("?") else encoded(number)
    link = f"/company/view_cand_details.php?a=1&amp;cand_id={raw}"
    return (
        f"<tr><td><table><tr><td><a href='{link}'><img alt=''></a></td></tr></table></td>"
        f"<td><a href='{link}'>See Next of kin</a><a href='/chat.asp'>chat</a></td></tr>"
    ).replace("See Next of kin", "See more")


def _filter(which: str) -> str:
    ranks = "".join(f"<option value=r{i}> {html.escape(r)} </option>" for i, r in enumerate(portal_ranks()))
    ships = "".join(
        f"<option value=s{i}>{html.escape(s)}</option>" for i, s in enumerate(portal_ship_types())
    )
    return (
        f"<form method=post action='/list.asp'><input type=hidden name=l value={which}>"
        f"<select id=rank name=rank><option value=''>any</option>{ranks}</select>"
        f"<select id=ship name=ship><option value=''>any</option>{ships}</select>"
        "<a id=submit href='#' onclick='this.parentNode.submit(); return false'>Apply</a></form>"
    )


_TOP = "<!doctype html><body><center><marquee>Welcome to the harbour</marquee>"
_BOTTOM = "<p class=captcha-badge>Protected by reCAPTCHA</p></center></body>"
_LATE_ALERT = "<script>setTimeout(() => alert('Incorrect OTP. Please try again.'), 200)</script>"
_OTP_FIELD = "<input name=code placeholder='Enter Your OTP'><input type=submit value='Enter harbour'>"
_NEXT = (
    "<a href='javascript:void(0)' onclick=\"const f = document.forms[0];"
    "const i = document.createElement('input'); i.name = 'p'; i.value = {page}; f.append(i);"
    'f.rank.disabled = f.ship.disabled = true; f.submit()">Next &raquo;</a>'
)
_LOGIN = """<!doctype html><body><form method=post action='/enter.asp'><b>{said}</b>
<input type=radio name=who title=Seafarer><input type=radio name=who title=Company onclick="late()">
<div id=rest style='display:none'><input id=username name=user><input type=password name=password></div>
<div id=phone style='display:none'><input name=phone placeholder='Enter Your Phone Number'>
<button name=sendotp type=button disabled onclick='sendIt()'>Text me</button></div>
<div id=otp>{otp}</div></form><p>Protected by reCAPTCHA. Is your account blocked? Call us.</p>
<script>
const show = id => document.getElementById(id).style.display = '';
const late = () => setTimeout(() => show('rest'), 50);
document.getElementById('username').addEventListener('change', () => setTimeout(() => show('phone'), 50));
const f = document.forms[0];
f.phone.addEventListener('blur', () => { f.sendotp.disabled = !(f.phone.value && f.password.value); });
const sendIt = async () => {
    const said = await (await fetch('/otp.asp?phone=' + encodeURIComponent(f.phone.value))).text();
    alert(said);
    if (!said.includes('Not'))
        setTimeout(() => { document.getElementById('otp').innerHTML = "FIELD"; }, 50);
};
</script></body>""".replace("FIELD", _OTP_FIELD)
