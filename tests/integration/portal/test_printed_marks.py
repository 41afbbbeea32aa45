"""Nothing of the portal's own stands in a resume that people hand on: in no text, link or metadata.

Whatever way the portal writes its address or "download by", the whole PDF is searched, hidden parts too.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from agent_core.portal.session import SeleniumPortalSession
from agent_core.ports import Listing, PortalCredentials
from tests.integration.portal.conftest import browser_in, settings_for
from tests.support.portal import PASSWORD, PHONE, USER, Harbour, encoded, fetch_one, harbour, plain

MARKS = {
    "in one element": "<p>HOST</p>",
    "split over elements": "<p><b>127.0</b><i>.0.1</i>:PORT</p>",
    "in capitals": "<p style='text-transform:uppercase'>Download By Office AS</p>",
    "written in capitals": "<p>DOWNLOADED BY OFFICE AS</p>",
    "with its scheme and path": "<p>Printed from http://HOST/company/dashboard.php?x=1</p>",
    "with www": "<p>www.HOST</p>",
    "in a heading of a table": "<table><tr><th colspan=2>HOST download by Office AS</th></tr></table>",
    "in a header and a footer": "<header>HOST</header><footer>download by Office AS</footer>",
    "in a fixed corner of each page": "<div style='position:fixed;bottom:0'>HOST</div>",
    "in a definition list": "<dl><dt>download by</dt><dd>Office AS</dd></dl>",
    "in words of their own": "<p><span>download</span> <span>by</span> <span>Office AS</span></p>",
    "with a hard space": "<p>download&nbsp;by&nbsp;Office AS</p>",
    "in a drawing": "<svg width=300 height=20><text y=15>HOST download by Office AS</text></svg>",
    "in a field": "<input value='HOST'><textarea>download by Office AS</textarea>",
    "in a button": "<button>download by Office AS</button>",
    "in a picture's words": "<img src='data:,' alt='HOST download by Office AS'>",
    "in what a style adds": "<style>#m::before{content:'HOST '}"
    "#m::after{content:'download by Office AS'}</style><p id=m>!</p>",
    "in what a style takes from the page": "<style>#m::before{content:attr(title)}</style>"
    "<p id=m title='HOST download by Office AS'>!</p>",
    "in a frame": "<iframe srcdoc='<p>HOST download by Office AS</p>'></iframe>",
    "in a shadow": "<div id=s></div><script>s.attachShadow({mode:'open'}).innerHTML = '<p>HOST</p>'</script>",
    "in a link's text": "<a href='http://HOST/'>HOST</a>",
    "in a link's address": "<p><a href='http://HOST/company/x.php'>here</a> <a href='/own.php'>there</a></p>",
    "in a picture's map": "<img src='data:,' usemap='#m' width=9 height=9>"
    "<map name=m><area shape=rect coords='0,0,9,9' href='http://HOST/'></map>",
    "in a drawing's link": "<svg width=90 height=20><a href='http://HOST/'><text y=15>here</text></a></svg>",
    "in the title of the document": "<script>document.title = 'HOST download by Office AS'</script>",
    "as hidden text": "<p style='color:white;font-size:1px'>HOST download by Office AS</p>",
    "in a title and in data": "<p title='HOST' data-by='download by Office AS'>words</p>",
}


@pytest.fixture(scope="module")
def site() -> Iterator[Harbour]:
    with harbour() as started:
        yield started


@pytest.fixture(scope="module")
def session(site: Harbour, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeleniumPortalSession]:
    settings = settings_for(site.login_url, site.dashboard_url, seconds=20)
    opened = SeleniumPortalSession(
        lambda: settings, browser_in(tmp_path_factory.mktemp("profiles")), lambda: datetime.now(UTC)
    )
    opened.start(PortalCredentials(USER, PASSWORD, PHONE))
    opened.verify_otp(site.otp or "")
    yield opened
    opened.disconnect()


@pytest.mark.parametrize("kind", MARKS)
def test_the_portals_own_is_gone(site: Harbour, session: SeleniumPortalSession, kind: str) -> None:
    host = site.address.removeprefix("http://")
    mark = MARKS[kind].replace("HOST", host).replace("PORT", host.partition(":")[2])
    site.faults["1001"] = plain("Name", top=mark, bottom=mark.replace("id=m", "id=n").replace("id=s", "id=t"))
    fetched = fetch_one(session, listing(site, "1001"))
    texts = everything_in(fetched.pdf)
    assert "sailor plain" in texts
    for own in (host.partition(":")[0], "office as", "download by", "downloaded by", "localhost"):
        assert own not in texts, texts
    assert "office as" not in " ".join(fetched.text.lower().split())


def listing(site: Harbour, number: str) -> Listing:
    return Listing(number, f"{site.address}/company/view_cand_details.php?a=1&cand_id={encoded(number)}")


def everything_in(pdf: bytes) -> str:
    """Return the texts, the links' addresses and the metadata of a PDF, in small letters."""
    document = pypdfium2.PdfDocument(pdf)
    parts = list(document.get_metadata_dict().values())
    for number in range(len(document)):
        page = document[number]
        parts.append(page.get_textpage().get_text_range())
        parts += links(document, page)
    document.close()
    return " ".join(" ".join(parts).lower().split())


def links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield where the page's links lead to."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
        action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
        length = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
        if length:
            address = pdfium.ctypes.create_string_buffer(length)
            pdfium.FPDFAction_GetURIPath(document.raw, action, address, length)
            yield address.value.decode("utf-8", "replace")
        pdfium.FPDFPage_CloseAnnot(annotation)
