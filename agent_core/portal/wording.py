"""What the portal's words mean, in alerts and on pages. Pure; letter case and line breaks do not matter."""

import re

_BLOCKED = re.compile(
    r"(?<!protected by )(?<!protected by re)captcha"
    r"|are you (?:a )?(?:human|robot)|not a robot|unusual (?:traffic|activity)"
    r"|too many (?:requests|attempts|downloads|logins)|limit (?:is |was |has been )?(?:reached|exceeded|over)"
    r"|(?:reached|exceeded|crossed) (?:\w+ ){0,4}limit|access (?:is |has been )?denied"
    r"|temporarily (?:blocked|suspended)"
    r"|(?:account|ip|access|user) (?:\w+ ){0,2}(?:is|was|has been) (?:\w+ )?"
    r"(?:blocked|suspended|disabled|locked)",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"no candidates? found|no records? found", re.IGNORECASE)
_OTP_EXPIRED = re.compile(r"\botp\b.{0,40}\bexpired\b|\bexpired\b.{0,40}\botp\b", re.IGNORECASE)

OTP_REFUSED = ("incorrect otp",)
PASSWORD_REFUSED = ("incorrect password",)
NOT_REGISTERED = ("not registered",)


def says(text: str, phrases: tuple[str, ...]) -> bool:
    """Tell whether one of the phrases, given in lower case, stands in the text."""
    folded = " ".join(text.split()).casefold()
    return any(phrase in folded for phrase in phrases)


def says_blocked(text: str) -> bool:
    """Tell whether the portal asks for a captcha or says that a limit is reached or access is closed."""
    return _BLOCKED.search(" ".join(text.split())) is not None


def says_nobody(text: str) -> bool:
    """Tell whether a list says that it has nobody."""
    return _NOBODY.search(" ".join(text.split())) is not None


def says_otp_expired(text: str) -> bool:
    """Tell whether the portal says that the code is too old."""
    return _OTP_EXPIRED.search(" ".join(text.split())) is not None
