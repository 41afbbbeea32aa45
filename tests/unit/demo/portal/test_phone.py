"""The phone of the simulated portal."""

from flask.testing import FlaskClient

from demo.portal.state import DEMO_ACCOUNT, Portal


def test_the_phone_shows_the_code_until_it_is_used(visitor: FlaskClient, portal: Portal) -> None:
    assert visitor.get("/phone.json").get_json() == {"otp": None, "seconds_left": 0}
    typed = {"username": "fjord-crewing", "password": DEMO_ACCOUNT.password, "phone": DEMO_ACCOUNT.phone}
    visitor.post("/send_otp.php", data=typed)
    answer = visitor.get("/phone.json").get_json()
    assert answer["otp"] in visitor.get("/phone").get_data(as_text=True)
    assert 0 < answer["seconds_left"] <= 120
    visitor.post("/company_login.php", data={"otp": answer["otp"]})
    page = visitor.get("/phone").get_data(as_text=True)
    assert answer["otp"] not in page
    assert DEMO_ACCOUNT.phone in page
