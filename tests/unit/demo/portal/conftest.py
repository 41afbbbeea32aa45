"""A simulated portal without a server, and a visitor that is logged in."""

import pytest
from flask.testing import FlaskClient

from demo.portal.site import create_site
from demo.portal.state import DEMO_ACCOUNT, Portal, SiteOptions

CONTROL_TOKEN = "token-of-this-test"


@pytest.fixture
def portal() -> Portal:
    return Portal(SiteOptions(seed=7, control_token=CONTROL_TOKEN))


@pytest.fixture
def visitor(portal: Portal) -> FlaskClient:
    return create_site(portal).test_client()


@pytest.fixture
def recruiter(portal: Portal, visitor: FlaskClient) -> FlaskClient:
    typed = {
        "username": DEMO_ACCOUNT.username,
        "password": DEMO_ACCOUNT.password,
        "phone": DEMO_ACCOUNT.phone,
    }
    assert visitor.post("/send_otp.php", data=typed).status_code == 200
    otp, _ = portal.phone()
    assert visitor.post("/company_login.php", data={"otp": otp}).status_code == 302
    return visitor
