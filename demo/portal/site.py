"""The portal's pages: login, dashboard, lists, details and resumes."""

import secrets

from flask import Blueprint, Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from demo.portal import control, phone, responses
from demo.portal.faults import FaultKind, Page
from demo.portal.lists import TITLES, ListPage, candidate_id, cut, filtered, link_id
from demo.portal.people import ListName, Seafarer, changed
from demo.portal.responses import Effects
from demo.portal.sessions import Answer, Step, Typed
from demo.portal.state import Portal
from protocol.vocabulary import portal_ranks, portal_ship_types

COOKIE = "PHPSESSID"
LOGIN_PATH = "/seajob_login.php"
DASHBOARD_PATH = "/company/dashboard.php"


def create_site(portal: Portal) -> Flask:
    """Make the site of a portal, with its phone page and its control routes."""
    app = Flask("demo.portal")
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost"]
    app.register_blueprint(_login_pages(portal))
    app.register_blueprint(_company_pages(portal))
    app.register_blueprint(phone.pages(portal))
    app.register_blueprint(control.routes(portal))
    return app


def _login_pages(portal: Portal) -> Blueprint:
    pages = Blueprint("login", __name__)

    @pages.get("/")
    def index() -> ResponseReturnValue:
        return render_template("index.html", login_path=LOGIN_PATH)

    @pages.get(LOGIN_PATH)
    def login() -> ResponseReturnValue:
        return responses.serve(portal, Page.LOGIN, None, responses.login_page)

    @pages.post("/send_otp.php")
    def send_otp() -> ResponseReturnValue:
        def send(effects: Effects) -> Response:
            key = _visitor()
            answer = portal.send_otp(key, _typed())
            sent = answer is Answer.OTP_SENT
            field = "" if not sent or effects.lacks("otp") else render_template("otp.html")
            return _with_cookie(Response(f"{answer.value}\n{field}", mimetype="text/plain"), key)

        return responses.serve(portal, Page.SEND_OTP, None, send)

    @pages.post("/company_login.php")
    def submit_otp() -> ResponseReturnValue:
        def submit(effects: Effects) -> Response:
            key = _visitor()
            answer = portal.hand_in(key, request.form.get("otp", ""), _typed())
            if answer is Answer.WELCOME:
                return _as_response(redirect(DASHBOARD_PATH))
            asks = portal.visit(key).step is Step.OTP_SENT
            page = responses.login_page(
                effects, message=answer.value, asks_otp=asks, username=request.form.get("username", "")
            )
            return _with_cookie(Response(page), key)

        return responses.serve(portal, Page.SUBMIT_OTP, None, submit)

    @pages.get("/logout.php")
    def logout() -> ResponseReturnValue:
        portal.end_visit(request.cookies.get(COOKIE))
        return redirect(LOGIN_PATH)

    return pages


def _company_pages(portal: Portal) -> Blueprint:
    pages = Blueprint("company", __name__, url_prefix="/company")

    @pages.get("/dashboard.php")
    def dashboard() -> ResponseReturnValue:
        return responses.serve(portal, Page.DASHBOARD, None, lambda effects: _dashboard(portal, effects))

    @pages.get("/view_cand_list.php")
    def candidates() -> ResponseReturnValue:
        return responses.serve(portal, Page.LIST, None, lambda effects: _list(portal, effects))

    @pages.get("/view_cand_details.php")
    def details() -> ResponseReturnValue:
        person = portal.person(candidate_id(request.args.get("cand_id", "")))
        number = person.candidate_id if person else None
        return responses.serve(
            portal, Page.DETAILS, number, lambda effects: _details(portal, effects, person)
        )

    @pages.get("/download.php")
    def resume() -> ResponseReturnValue:
        person = portal.person(candidate_id(request.args.get("cand_id", "")))
        number = person.candidate_id if person else None
        return responses.serve(portal, Page.RESUME, number, lambda effects: _resume(portal, effects, person))

    return pages


def _dashboard(portal: Portal, effects: Effects) -> Response | str:
    if not _logged_in(portal):
        return _as_response(redirect(LOGIN_PATH))
    lists = [(name.value, TITLES[name], len(portal.members(name))) for name in ListName]
    return render_template(
        "dashboard.html", lacks=effects.lacks, lists=lists, company=portal.options.account.company
    )


def _list(portal: Portal, effects: Effects) -> Response | str:
    if not _logged_in(portal):
        return _as_response(redirect(LOGIN_PATH))
    wanted = request.args.get("list", "")
    if wanted not in set(ListName):
        return _not_found()
    name = ListName(wanted)
    rank, ship = _label("rank", portal_ranks()), _label("ship", portal_ship_types())
    nobody = effects.has(FaultKind.NOBODY) or effects.has(FaultKind.NOBODY_WITH_TABLE)
    people = () if nobody else filtered(portal.members(name), rank, ship)
    page = cut(people, request.args.get("page", 1, type=int), portal.options.page_size)
    return render_template(
        "list.html",
        lacks=effects.lacks,
        name=name.value,
        title=TITLES[name],
        page=page,
        rows=_rows(page, name),
        empty_table=_shows_empty_table(effects, name),
        ranks=portal_ranks(),
        ship_types=portal_ship_types(),
        rank=rank,
        ship=ship,
    )


def _rows(page: ListPage, name: ListName) -> list[tuple[Seafarer, str]]:
    return [(person, link_id(person, name)) for person in page.people]


def _shows_empty_table(effects: Effects, name: ListName) -> bool:
    if effects.has(FaultKind.NOBODY):
        return False
    return effects.has(FaultKind.NOBODY_WITH_TABLE) or name is ListName.MATCHING


def _details(portal: Portal, effects: Effects, person: Seafarer | None) -> Response | str:
    if not _logged_in(portal):
        return _as_response(redirect(LOGIN_PATH))
    if person is None:
        return _not_found()
    return render_template(
        "details.html",
        lacks=effects.lacks,
        person=person,
        alerts=effects.has(FaultKind.ALERT),
        own_id=request.args.get("cand_id", ""),
    )


def _resume(portal: Portal, effects: Effects, person: Seafarer | None) -> Response | str:
    if not _logged_in(portal):
        return _as_response(redirect(LOGIN_PATH))
    if person is None:
        return _not_found()
    portal.downloaded(person.candidate_id)
    return render_template(
        "resume.html",
        lacks=effects.lacks,
        person=changed(person) if effects.has(FaultKind.CHANGED_RESUME) else person,
        company=portal.options.account.company,
        own_address=request.host_url,
        now=portal.now(),
    )


def _label(name: str, labels: tuple[str, ...]) -> str:
    """Return the label that a filter's number stands for; empty without a filter."""
    position = request.args.get(name, 0, type=int)
    return labels[position - 1] if 1 <= position <= len(labels) else ""


def _logged_in(portal: Portal) -> bool:
    return portal.visit(request.cookies.get(COOKIE)).step is Step.LOGGED_IN


def _typed() -> Typed:
    form = request.form
    return Typed(form.get("username", ""), form.get("password", ""), form.get("phone", ""))


def _visitor() -> str:
    return request.cookies.get(COOKIE) or secrets.token_urlsafe(24)


def _with_cookie(response: Response, key: str) -> Response:
    response.set_cookie(COOKIE, key, httponly=True, samesite="Lax")
    return response


def _not_found() -> Response:
    return Response(render_template("missing.html"), status=404)


def _as_response(made: object) -> Response:
    if not isinstance(made, Response):
        raise TypeError("the redirect is not a response of Flask")
    return made
