"""The registry of reasons: why something did not work, what that means, and the next step.

One entry here is the whole story of a reason: its stable code (`phase.what-happened`), whether trying
again can help, and the words for people. Both APIs, the job log, the UI and `docs/REASONS.md` are fed
from it, so a reason without words cannot exist.

The file is long on purpose (ADR 0008): an enumeration cannot be spread over files, and words in a second one
could be missing. Its sections follow the phases, and `docs/REASONS.md` is the table to look something up in.

Example:
    >>> Reason("login.wrong-otp").retry
    <Retry.AFTER_USER_ACTS: 'after_user_acts'>
"""

from enum import StrEnum


class Retry(StrEnum):
    """Whether the same thing can work later."""

    NEVER = "never"
    LATER = "later"
    AFTER_USER_ACTS = "after_user_acts"


class Reason(StrEnum):
    """A stable code with its retry class, sentence and next step."""

    retry: Retry
    sentence: str
    next_step: str

    def __new__(cls, code: str, retry: Retry, sentence: str, next_step: str) -> "Reason":
        """Make the member; only the code is its value."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.retry = retry
        member.sentence = sentence
        member.next_step = next_step
        return member

    # Requests, to either API
    REQUEST_INVALID = (
        "request.invalid",
        Retry.NEVER,
        "Something in this request is not as it should be.",
        "Check the fields that are marked and try again.",
    )
    REQUEST_NOT_FOUND = (
        "request.not-found",
        Retry.NEVER,
        "This does not exist, or it is not yours to see.",
        "Go back to the list and open it again.",
    )
    REQUEST_METHOD = (
        "request.method-not-allowed",
        Retry.NEVER,
        "This address does not take that kind of request.",
        "Reload the page; if it happens again, tell support.",
    )
    REQUEST_TOO_LARGE = (
        "request.too-large",
        Retry.NEVER,
        "This is larger than what is accepted in one go.",
        "Send less at once.",
    )
    REQUEST_TOO_MANY = (
        "request.too-many",
        Retry.LATER,
        "There were too many tries in a short time.",
        "Wait a minute and try again.",
    )
    REQUEST_TOO_MANY_STREAMS = (
        "request.too-many-streams",
        Retry.LATER,
        "NjordHR is open in too many of your windows or tabs; this one does not hear of changes at once.",
        "Close some that you do not need; this one goes on by itself.",
    )
    SERVER_FAULT = (
        "server.fault",
        Retry.LATER,
        "Something went wrong on our side; nothing of yours was lost.",
        "Try again in a moment. If it goes on, give support the code.",
    )
    SERVER_DATABASE_DOWN = (
        "server.database-unavailable",
        Retry.LATER,
        "The office's database does not answer right now. What is on screen is the last that was read.",
        "Wait a moment; it is tried again by itself.",
    )

    # Signing in and rights
    AUTH_REQUIRED = (
        "auth.required",
        Retry.AFTER_USER_ACTS,
        "You are not signed in, or the sign-in has run out.",
        "Sign in again; what you typed is kept.",
    )
    AUTH_WRONG_CREDENTIALS = (
        "auth.wrong-credentials",
        Retry.AFTER_USER_ACTS,
        "This e-mail address and password do not belong together.",
        "Check both and try again.",
    )
    AUTH_TOKEN_EXPIRED = (
        "auth.token-expired",
        Retry.AFTER_USER_ACTS,
        "The sign-in has run out.",
        "Sign in again; what you typed is kept.",
    )
    AUTH_TOKEN_INVALID = (
        "auth.token-invalid",
        Retry.AFTER_USER_ACTS,
        "The sign-in of this computer is not accepted.",
        "Sign in again.",
    )
    AUTH_TOKEN_NOT_YET_VALID = (
        "auth.token-not-yet-valid",
        Retry.AFTER_USER_ACTS,
        "This sign-in is dated in the future: the clocks of two machines differ.",
        "Sign in again; if it happens again, ask support to check the clocks.",
    )
    AUTH_TOKEN_AUDIENCE = (
        "auth.token-wrong-audience",
        Retry.AFTER_USER_ACTS,
        "This sign-in was made for another service.",
        "Sign in again, here.",
    )
    AUTH_TOKEN_ISSUER = (
        "auth.token-wrong-issuer",
        Retry.AFTER_USER_ACTS,
        "This sign-in comes from a service that this office does not use.",
        "Sign in again, here.",
    )
    AUTH_TOKEN_ALGORITHM = (
        "auth.token-wrong-algorithm",
        Retry.AFTER_USER_ACTS,
        "This sign-in is not signed in the way that this office accepts.",
        "Sign in again.",
    )
    AUTH_TOKEN_UNKNOWN_KEY = (
        "auth.token-unknown-key",
        Retry.AFTER_USER_ACTS,
        "This sign-in is signed with a key that is not in use any more.",
        "Sign in again.",
    )
    AUTH_NOT_A_MEMBER = (
        "auth.not-a-member",
        Retry.AFTER_USER_ACTS,
        "This account does not belong to an office, or it was switched off.",
        "Ask an admin of your office for an invitation.",
    )
    AUTH_FORBIDDEN = (
        "auth.forbidden",
        Retry.NEVER,
        "Your role does not include this.",
        "Ask a manager or an admin of your office.",
    )
    AUTH_PROVIDER_DOWN = (
        "auth.provider-unavailable",
        Retry.LATER,
        "The sign-in service does not answer right now.",
        "Wait a minute and try again.",
    )

    # The people of an office
    INVITATION_NOT_VALID = (
        "invitation.not-valid",
        Retry.AFTER_USER_ACTS,
        "This invitation does not exist, or its link was not copied whole.",
        "Copy the whole link once more, or ask the admin who invited you for a new one.",
    )
    INVITATION_USED = (
        "invitation.used",
        Retry.AFTER_USER_ACTS,
        "This invitation was used already.",
        "Sign in with your e-mail address and password. If it was not you, tell an admin of your office.",
    )
    INVITATION_EXPIRED = (
        "invitation.expired",
        Retry.AFTER_USER_ACTS,
        "This invitation is too old.",
        "Ask the admin who invited you to send it again.",
    )
    INVITATION_REVOKED = (
        "invitation.revoked",
        Retry.AFTER_USER_ACTS,
        "This invitation was taken back.",
        "Ask an admin of the office whether it was meant for you.",
    )
    INVITATION_OPEN = (
        "invitation.already-open",
        Retry.AFTER_USER_ACTS,
        "This address is invited already.",
        "Make a new link for the invitation in the list, or take it back first.",
    )
    INVITATION_OVER = (
        "invitation.over",
        Retry.NEVER,
        "Somebody has used this invitation or taken it back since.",
        "Look at the list again; invite the address anew if it is not among the people.",
    )
    INVITATION_ACCOUNT = (
        "invitation.account-exists",
        Retry.AFTER_USER_ACTS,
        "There is an account with this address already, and this is not its password.",
        "Type the password of that account.",
    )
    INVITATION_OTHER_OFFICE = (
        "invitation.other-office",
        Retry.AFTER_USER_ACTS,
        "This account belongs to another office, and a person can be in one office only.",
        "Ask the admin for an invitation to another e-mail address of yours.",
    )
    INVITATION_CONFIRM = (
        "invitation.confirm-address",
        Retry.AFTER_USER_ACTS,
        "Your account is made, and your e-mail address must be confirmed first.",
        "Open the message that was just sent to you and confirm. Then open the invitation once more.",
    )
    INVITATION_PASSWORD = (
        "invitation.password-weak",
        Retry.AFTER_USER_ACTS,
        "This password is too easy to guess.",
        "Choose a longer one: three or four words that do not belong together.",
    )
    MEMBER_THERE = (
        "member.already-there",
        Retry.NEVER,
        "This address belongs to a member of your office already.",
        "Find the person in the list; who is switched off can be switched on again there.",
    )
    MEMBER_LAST_ADMIN = (
        "member.last-admin",
        Retry.NEVER,
        "An office needs at least one admin, and this is the last one.",
        "Make somebody else an admin first.",
    )
    MEMBER_YOURSELF = (
        "member.not-yourself",
        Retry.NEVER,
        "Nobody changes their own role or switches themself off.",
        "Ask another admin of your office.",
    )

    # A computer and its office
    DEVICE_PAIRING_CODE = (
        "device.pairing-code-not-valid",
        Retry.AFTER_USER_ACTS,
        "This pairing code is wrong, used, or older than ten minutes.",
        "Make a new code and use it at once.",
    )
    DEVICE_REVOKED = (
        "device.revoked",
        Retry.AFTER_USER_ACTS,
        "This computer was disconnected from the office.",
        "Connect it again in Settings. What waits to be sent is kept.",
    )
    DEVICE_NOT_PAIRED = (
        "device.not-paired",
        Retry.AFTER_USER_ACTS,
        "This computer is not connected to an office yet.",
        "Connect it in Settings; downloads are kept and sent afterwards.",
    )

    # What agents send
    INGEST_UNREADABLE = (
        "ingest.unreadable",
        Retry.NEVER,
        "The office could not read one of the records this computer sent.",
        "It is kept on this computer. Update NjordHR; if it stays, give support the code.",
    )
    INGEST_UNKNOWN_TYPE = (
        "ingest.unknown-type",
        Retry.AFTER_USER_ACTS,
        "The office does not know this kind of record yet.",
        "It is kept on this computer and can be sent again after the office's update.",
    )
    INGEST_ID_REUSED = (
        "ingest.id-reused",
        Retry.NEVER,
        "Two different records carry the same number.",
        "The second is kept on this computer; give support the code.",
    )
    INGEST_UNKNOWN_CANDIDATE = (
        "ingest.unknown-candidate",
        Retry.LATER,
        "The office does not have the person that this record is about.",
        "It is sent again after the person's resume.",
    )
    INGEST_UNKNOWN_JOB = (
        "ingest.unknown-job",
        Retry.LATER,
        "The office does not have the download that this record is about.",
        "It is sent again after the download's own record.",
    )
    INGEST_NOT_YOURS = (
        "ingest.not-yours",
        Retry.NEVER,
        "This record is about something that belongs to somebody else.",
        "It is kept on this computer; give support the code.",
    )

    # Review, status and notes
    REVIEW_NOT_TO_REVIEW = (
        "review.not-to-review",
        Retry.NEVER,
        "This resume is not waiting for review any more.",
        "The list is read again; see who reviewed it in the history.",
    )
    STATUS_NOT_ALLOWED = (
        "status.transition-not-allowed",
        Retry.NEVER,
        "The status cannot go from what it is now to this one.",
        "Take the step in between. An admin may override it with a reason.",
    )
    STATUS_OVERRIDE_NEEDS_REASON = (
        "status.override-needs-reason",
        Retry.AFTER_USER_ACTS,
        "An override is recorded with its reason, and there is none.",
        "Write why this status is set.",
    )
    CANDIDATE_CHANGED = (
        "candidate.changed-meanwhile",
        Retry.AFTER_USER_ACTS,
        "Somebody changed this person while you were looking at them.",
        "See what changed; what you typed is kept, and you can send it again.",
    )
    CANDIDATE_NOT_VERIFIED = (
        "candidate.not-verified",
        Retry.AFTER_USER_ACTS,
        "This person is not on the dashboard yet.",
        "Verify the resume under Review first.",
    )
    CANDIDATE_DELETED = (
        "candidate.deleted",
        Retry.NEVER,
        "This person was deleted meanwhile.",
        "An admin sees under Settings who was deleted, and can bring them back for some weeks.",
    )
    CANDIDATE_ERASED = (
        "candidate.erased",
        Retry.NEVER,
        "Your office has erased this person, so this older record of them is not taken.",
        "Nothing needs to be done. Whoever is downloaded again from now on is a new person.",
    )
    CANDIDATE_HELD = (
        "candidate.held",
        Retry.AFTER_USER_ACTS,
        "A legal hold stands on this person, so nothing of theirs is deleted.",
        "Lift the hold first, if nothing speaks against it any more.",
    )
    UNDO_TOO_LATE = (
        "undo.too-late",
        Retry.NEVER,
        "This is older than ten minutes and cannot be undone.",
        "Set the status or write a note instead.",
    )
    UNDO_NOT_YOURS = (
        "undo.not-yours",
        Retry.NEVER,
        "Only the person who did this can undo it.",
        "Ask them, or set the status yourself.",
    )
    UNDO_NOT_LATEST = (
        "undo.not-latest",
        Retry.NEVER,
        "Something else happened to this person since.",
        "Undo the newer step first, or set the status yourself.",
    )
    UNDO_NOT_POSSIBLE = (
        "undo.not-possible",
        Retry.NEVER,
        "This step cannot be undone, or it was undone already.",
        "See the history of this person.",
    )

    # Resumes in the store
    RESUME_NOT_IN_CLOUD = (
        "resume.not-in-cloud",
        Retry.LATER,
        "The office has no copy of this resume yet; it is on the computer that downloaded it.",
        "Open it on that computer, or wait until it is uploaded.",
    )
    RESUME_NOT_HERE = (
        "resume.not-on-this-computer",
        Retry.NEVER,
        "The file of this resume is not in the download folder any more.",
        "Open the office's copy, or download the person again.",
    )
    RESUME_UNREADABLE = (
        "resume.unreadable",
        Retry.NEVER,
        "The file of this resume cannot be shown: it is not a whole PDF.",
        "Download the person again.",
    )
    RESUME_ENCRYPTED = (
        "resume.encrypted",
        Retry.AFTER_USER_ACTS,
        "The PDF is closed with a password, so nothing could be read from it.",
        "Ask the sender for a copy without a password.",
    )
    RESUME_NO_TEXT = (
        "resume.no-text",
        Retry.NEVER,
        "The PDF holds pictures of pages and no text, so nothing could be read from it.",
        "Read it yourself, or ask for a copy that was not scanned.",
    )
    RESUME_TOO_LARGE = (
        "resume.too-large",
        Retry.NEVER,
        "The PDF is larger than a resume can be, so it was not read.",
        "Ask for the resume alone, without other papers.",
    )
    UPLOAD_CHECKSUM = (
        "upload.checksum-mismatch",
        Retry.LATER,
        "What arrived in the store is not what this computer sent.",
        "It is sent again by itself.",
    )
    UPLOAD_MISSING = (
        "upload.missing",
        Retry.LATER,
        "The upload did not arrive in the store.",
        "It is sent again by itself.",
    )
    UPLOAD_BEING_CHECKED = (
        "upload.being-checked",
        Retry.LATER,
        "The file arrived in the office's store, which still compares it with what this computer sent.",
        "It takes some seconds; nothing is to be done.",
    )
    UPLOAD_FILE_GONE = (
        "upload.file-gone",
        Retry.AFTER_USER_ACTS,
        "The resume's file is gone or was changed before it was uploaded.",
        "Download the person again.",
    )
    STORE_LINK_INVALID = (
        "store.link-not-valid",
        Retry.NEVER,
        "This link has run out or is not complete.",
        "Open the resume again from the list.",
    )
    STORE_UNAVAILABLE = (
        "store.unavailable",
        Retry.LATER,
        "The office's file store does not answer right now.",
        "It is tried again by itself.",
    )
    RESUME_ONLY_ELSEWHERE = (
        "resume.only-elsewhere",
        Retry.LATER,
        "Only another computer of the office has the file of this resume.",
        "Open the person and ask that computer to send it, or export on that computer.",
    )
    RESUME_CHANGED_HERE = (
        "resume.changed-here",
        Retry.AFTER_USER_ACTS,
        "The file on this computer is not the one that was stored; somebody changed it.",
        "Download the person again.",
    )
    RESUME_LOST_IN_STORE = (
        "resume.lost-in-store",
        Retry.AFTER_USER_ACTS,
        "The office's file store does not hold this resume as it was uploaded.",
        "Tell an admin; download the person again meanwhile.",
    )
    UPLOAD_SWITCHED_OFF = (
        "upload.switched-off",
        Retry.AFTER_USER_ACTS,
        "The person who works at that computer has switched off uploading resumes.",
        "Ask them to switch it on in Settings, or to send you the file.",
    )
    UPLOAD_COMPUTER_GONE = (
        "upload.computer-disconnected",
        Retry.AFTER_USER_ACTS,
        "The computer that has this resume is not connected to the office any more.",
        "Download the person again.",
    )

    # Exports
    VIEWS_TOO_MANY = (
        "views.too-many",
        Retry.NEVER,
        "You have kept 100 views, and there are no more places.",
        "Delete a view that you do not use any more, and save again.",
    )
    EXPORT_NOBODY = (
        "export.nobody",
        Retry.NEVER,
        "Nobody on the dashboard fits what was to be exported.",
        "Select somebody, or change the filter.",
    )
    EXPORT_TOO_MANY = (
        "export.too-many",
        Retry.NEVER,
        "More people were to be exported than fit into one export.",
        "Export one rank or one status at a time.",
    )
    EXPORT_NO_RESUME = (
        "export.no-resume",
        Retry.NEVER,
        "The office has no resume of this person.",
        "Download the person again if the resume is needed.",
    )
    EXPORT_BUSY = (
        "export.busy",
        Retry.LATER,
        "An export is being made on this computer already.",
        "Wait until it is done, or cancel it.",
    )
    EXPORT_CANCELLED = (
        "export.cancelled",
        Retry.AFTER_USER_ACTS,
        "The export was cancelled; nothing was saved.",
        "Export again when you need it.",
    )
    EXPORT_TICKET = (
        "export.ticket-not-valid",
        Retry.NEVER,
        "This download was used already, or it has run out.",
        "Export again.",
    )
    EXPORT_DISK_FULL = (
        "export.disk-full",
        Retry.AFTER_USER_ACTS,
        "There is no room on the disk for this export; nothing was saved.",
        "Make room, or choose another place, and export again.",
    )
    EXPORT_NOT_SAVED = (
        "export.not-saved",
        Retry.AFTER_USER_ACTS,
        "The export could not be saved there; what was there before is as it was.",
        "Close the file if a program has it open, or choose another place.",
    )

    # The agent and its own page
    AGENT_SESSION_REQUIRED = (
        "agent.session-required",
        Retry.AFTER_USER_ACTS,
        "This page is not connected to NjordHR on this computer.",
        "Open NjordHR again from its icon or with its start command.",
    )
    AGENT_LAUNCH_CODE = (
        "agent.launch-code-not-valid",
        Retry.AFTER_USER_ACTS,
        "This address was used before or is too old.",
        "Open NjordHR again from its icon or with its start command.",
    )
    AGENT_FOREIGN_PAGE = (
        "agent.foreign-page",
        Retry.NEVER,
        "Another web page asked for something that only NjordHR's own page may.",
        "Nothing to do: it was refused.",
    )
    AGENT_UNREACHABLE = (
        "agent.unreachable",
        Retry.LATER,
        "NjordHR on this computer does not answer.",
        "If it was closed, start it again; what is on this page stays. It is tried again by itself.",
    )
    AGENT_JUST_UPDATED = (
        "agent.just-updated",
        Retry.LATER,
        "NjordHR was just updated and first looks whether all of it works here.",
        "Wait some seconds and try again.",
    )
    AGENT_NO_UPDATES = (
        "agent.no-updates",
        Retry.NEVER,
        "This copy of NjordHR does not update itself.",
        "Whoever installed it here brings the next version.",
    )
    AGENT_RESTART_INTERRUPTS = (
        "agent.restart-interrupts-download",
        Retry.AFTER_USER_ACTS,
        "A download of resumes is running, and restarting NjordHR would interrupt it.",
        "Wait until it is over, or restart all the same: who is stored stays, and it goes on afterwards.",
    )
    PAGE_FAULT = (
        "page.fault",
        Retry.LATER,
        "This page could not do that; nothing of yours was lost.",
        "Reload the page. If it goes on, give support the code.",
    )
    AGENT_STOPPING = (
        "agent.stopping",
        Retry.LATER,
        "NjordHR is closing on this computer.",
        "Start it again; downloads go on where they were.",
    )
    AGENT_STORE_DAMAGED = (
        "agent.store-damaged",
        Retry.AFTER_USER_ACTS,
        "NjordHR's own records on this computer are damaged and were left as they are.",
        "Choose Begin anew: the damaged records are kept in a folder of their own, and what they still say "
        "is taken over.",
    )
    AGENT_STORE_NEWER = (
        "agent.store-newer",
        Retry.AFTER_USER_ACTS,
        "NjordHR's records on this computer were written by a newer version.",
        "Start the newer version, or install it again.",
    )
    AGENT_STORE_WRITE = (
        "agent.store-write-failed",
        Retry.LATER,
        "NjordHR could not write its own records on this computer; nothing that was recorded is lost.",
        "Free some space on the disk and try again.",
    )
    AGENT_START_FAILED = (
        "agent.start-failed",
        Retry.AFTER_USER_ACTS,
        "NjordHR could not start on this computer; nothing of yours was lost.",
        "Try again. If it goes on, give support the diagnostics.",
    )
    AGENT_ALREADY_RUNNING = (
        "agent.already-running",
        Retry.AFTER_USER_ACTS,
        "NjordHR is running on this computer already, with the same records.",
        "Use the window that is open, or close it first.",
    )
    AGENT_KEYRING_MISSING = (
        "agent.keyring-missing",
        Retry.AFTER_USER_ACTS,
        "This computer has no safe place for passwords, so they are kept for this run only.",
        "You will be asked again after a restart.",
    )
    WINDOW_NOT_THERE = (
        "window.not-there",
        Retry.AFTER_USER_ACTS,
        "This page is not in NjordHR's own window, so the computer's dialogs cannot be used.",
        "Type it here, or open NjordHR's window.",
    )
    WINDOW_DIALOG_OPEN = (
        "window.dialog-open",
        Retry.AFTER_USER_ACTS,
        "NjordHR has a dialog open already.",
        "Answer or close that one first; it may be behind another window.",
    )
    WINDOW_WEB_VIEW_MISSING = (
        "window.web-view-missing",
        Retry.AFTER_USER_ACTS,
        "Microsoft Edge WebView2, with which NjordHR shows its window, is not on this computer.",
        "Install it from https://go.microsoft.com/fwlink/p/?LinkId=2124703 and start NjordHR again.",
    )
    DIAGNOSTICS_NOT_SAVED = (
        "diagnostics.not-saved",
        Retry.AFTER_USER_ACTS,
        "The diagnostics could not be saved there.",
        "Choose another folder, such as the desktop.",
    )
    AUTO_START_NOT_POSSIBLE = (
        "auto-start.not-possible",
        Retry.NEVER,
        "This NjordHR is not an installed program, so it cannot be started when you log in.",
        "Start it yourself, or install NjordHR.",
    )
    AUTO_START_REFUSED = (
        "auto-start.refused",
        Retry.AFTER_USER_ACTS,
        "This computer did not let NjordHR be started when you log in.",
        "Ask whoever looks after this computer; until then start NjordHR yourself.",
    )
    AUTO_START_GONE = (
        "auto-start.gone",
        Retry.AFTER_USER_ACTS,
        "This computer does not start NjordHR when you log in any more; somebody switched it off there.",
        "Switch it off and on again here if you want it back.",
    )
    SETTINGS_WRITE = (
        "settings.write-failed",
        Retry.AFTER_USER_ACTS,
        "The settings could not be saved on this computer; they are as they were.",
        "Free some space on the disk, see that its folder may be written, and save again.",
    )
    SETTINGS_UNREADABLE = (
        "settings.unreadable",
        Retry.AFTER_USER_ACTS,
        "The settings file on this computer cannot be read.",
        "It is left as it was. Correct it, or move it away and start again.",
    )
    FOLDER_NOT_SET = (
        "folder.not-set",
        Retry.AFTER_USER_ACTS,
        "There is no folder for resumes yet.",
        "Choose a folder on this computer.",
    )
    FOLDER_NOT_THERE = (
        "folder.not-there",
        Retry.AFTER_USER_ACTS,
        "The folder for resumes is not there.",
        "Connect the drive, or choose another folder.",
    )
    FOLDER_NOT_WRITABLE = (
        "folder.not-writable",
        Retry.AFTER_USER_ACTS,
        "NjordHR may not write into this folder.",
        "Choose a folder of your own, such as one in Documents.",
    )
    FOLDER_NOT_ABSOLUTE = (
        "folder.not-absolute",
        Retry.AFTER_USER_ACTS,
        "This is not a whole path.",
        "Give the folder from its drive or root on.",
    )
    FOLDER_NOT_SHOWN = (
        "folder.not-shown",
        Retry.NEVER,
        "This computer has no file manager that NjordHR could open.",
        "Find the file by the name of its folder.",
    )
    FOLDER_FULL = (
        "folder.disk-full",
        Retry.AFTER_USER_ACTS,
        "The disk of the folder for resumes is full.",
        "Free some space, or choose another folder, and retry.",
    )
    FILE_IN_USE = (
        "file.in-use",
        Retry.AFTER_USER_ACTS,
        "Another program holds the old file open; it was left as it is.",
        "Close the file there and retry.",
    )
    FILE_PROTECTED = (
        "file.protected",
        Retry.AFTER_USER_ACTS,
        "The old file is protected against changes; it was left as it is.",
        "Take the protection off in the file's properties, or move the file away, and retry.",
    )
    FILE_WRITE = (
        "file.write-failed",
        Retry.AFTER_USER_ACTS,
        "The resume could not be written to the folder.",
        "Check the folder and the disk, and retry.",
    )

    # The cloud as the agent sees it
    CLOUD_UNREACHABLE = (
        "cloud.unreachable",
        Retry.LATER,
        "The office's server cannot be reached. Downloads go on; the rest is sent later.",
        "Check the internet connection. It is tried again by itself.",
    )
    CLOUD_CERTIFICATE = (
        "cloud.certificate-invalid",
        Retry.LATER,
        "The office's server could not prove to this computer who it is, so nothing was sent to it.",
        "Check this computer's date and time; if they are right, tell whoever looks after your network.",
    )
    CLOUD_ANSWER = (
        "cloud.unexpected-answer",
        Retry.LATER,
        "The office's server gave an answer that NjordHR does not understand.",
        "It is tried again by itself. If it goes on, update NjordHR.",
    )
    CLOUD_SYNC_OFF = (
        "cloud.sync-off",
        Retry.AFTER_USER_ACTS,
        "Sending to the office is switched off on this computer.",
        "Switch it on in Settings; what waits is kept.",
    )

    OUTBOX_ANOTHER_OFFICE = (
        "outbox.another-office",
        Retry.AFTER_USER_ACTS,
        "This record belongs to another office than the one this computer is connected to now.",
        "Connect this computer to that office again, and it is sent by itself.",
    )

    # The browser that drives the portal
    BROWSER_MISSING = (
        "browser.missing",
        Retry.AFTER_USER_ACTS,
        "No Chrome, Edge or Chromium was found on this computer.",
        "Install Google Chrome or Microsoft Edge and connect again.",
    )
    BROWSER_TOO_OLD = (
        "browser.too-old",
        Retry.AFTER_USER_ACTS,
        "The browser on this computer is too old to work for NjordHR.",
        "Update Google Chrome or Microsoft Edge and connect again.",
    )
    BROWSER_DRIVER = (
        "browser.driver-does-not-fit",
        Retry.AFTER_USER_ACTS,
        "The program with which NjordHR steers the browser does not fit it, or could not be fetched.",
        "Check this computer's connection to the internet, update Chrome or Edge, and connect again.",
    )
    BROWSER_START = (
        "browser.did-not-start",
        Retry.AFTER_USER_ACTS,
        "The browser that works for NjordHR did not start.",
        "Update Chrome or Edge and connect again.",
    )
    BROWSER_GONE = (
        "browser.gone",
        Retry.AFTER_USER_ACTS,
        "The browser that works for NjordHR was closed.",
        "Connect again; a download that waits goes on by itself, and nobody is fetched twice.",
    )

    # Logging in to the portal
    LOGIN_NOT_CONNECTED = (
        "login.not-connected",
        Retry.AFTER_USER_ACTS,
        "NjordHR is not logged in to the job portal.",
        "Connect to the portal first.",
    )
    LOGIN_PASSWORD_NEEDED = (
        "login.password-needed",
        Retry.AFTER_USER_ACTS,
        "The password of this portal account is not kept on this computer.",
        "Type the password and connect again.",
    )
    LOGIN_BUSY = (
        "login.busy",
        Retry.LATER,
        "The portal is in use by a running download.",
        "Wait until it has ended, or pause it.",
    )
    LOGIN_PHONE_NOT_REGISTERED = (
        "login.phone-not-registered",
        Retry.AFTER_USER_ACTS,
        "The portal does not know this phone number.",
        "Check the number, with the portal's own spelling, and send the code again.",
    )
    LOGIN_WRONG_OTP = (
        "login.wrong-otp",
        Retry.AFTER_USER_ACTS,
        "The portal did not accept this code.",
        "Check the code on the phone, or have a new one sent.",
    )
    LOGIN_OTP_EXPIRED = (
        "login.otp-expired",
        Retry.AFTER_USER_ACTS,
        "The code's time has run out.",
        "Have a new code sent; nothing needs to be typed again.",
    )
    LOGIN_WRONG_PASSWORD = (
        "login.wrong-password",
        Retry.AFTER_USER_ACTS,
        "The portal did not accept the user name and password.",
        "Check both and connect again.",
    )
    LOGIN_NO_OTP_ASKED = (
        "login.no-code-asked",
        Retry.AFTER_USER_ACTS,
        "The portal is not waiting for a code.",
        "Connect to the portal first.",
    )
    LOGIN_UNEXPECTED = (
        "login.unexpected-answer",
        Retry.LATER,
        "The portal answered the login in a way NjordHR does not know.",
        "Try again; if it goes on, open the portal in a browser and see what it says.",
    )

    # Walking the portal
    PORTAL_UNREACHABLE = (
        "portal.unreachable",
        Retry.LATER,
        "The job portal cannot be reached.",
        "Check the internet connection and try again.",
    )
    PORTAL_CERTIFICATE = (
        "portal.certificate-invalid",
        Retry.AFTER_USER_ACTS,
        "The job portal's address is not secure: its certificate cannot be trusted.",
        "Check the portal's address and this computer's clock; if both are right, tell the portal.",
    )
    PORTAL_SLOW = (
        "portal.too-slow",
        Retry.LATER,
        "The job portal took too long to answer.",
        "Retry; the others were not affected.",
    )
    PORTAL_CHANGED = (
        "portal.page-changed",
        Retry.AFTER_USER_ACTS,
        "A part of the portal's page that NjordHR relies on is missing.",
        "Retry once. If it goes on, the portal was changed: tell support.",
    )
    PORTAL_LABEL_UNKNOWN = (
        "portal.label-unknown",
        Retry.AFTER_USER_ACTS,
        "The portal does not offer this rank or ship type.",
        "Choose another one from the list.",
    )
    PORTAL_SESSION_ENDED = (
        "portal.session-ended",
        Retry.AFTER_USER_ACTS,
        "The portal has logged NjordHR out.",
        "Connect again; a download that waits goes on by itself, and nobody is fetched twice.",
    )
    PORTAL_SERVER_ERROR = (
        "portal.server-error",
        Retry.LATER,
        "The portal answered with an error of its own.",
        "Retry later.",
    )
    PORTAL_BLOCKED = (
        "portal.blocked",
        Retry.AFTER_USER_ACTS,
        "The portal asks for a captcha, or says that a limit is reached. NjordHR does not work around that.",
        "Open the portal in a browser, see what it asks for, and go on later.",
    )
    PORTAL_NOBODY = (
        "portal.nobody-found",
        Retry.NEVER,
        "The portal has nobody with this rank and ship type.",
        "Choose another rank or ship type.",
    )

    # One person's resume
    RESUME_LOGIN_PAGE = (
        "resume.login-page",
        Retry.AFTER_USER_ACTS,
        "The portal showed its login page instead of the resume.",
        "Connect again and retry.",
    )
    RESUME_INCOMPLETE = (
        "resume.incomplete-page",
        Retry.LATER,
        "The resume's page was empty or only half there.",
        "Retry. If it goes on, open the person on the portal.",
    )
    RESUME_NO_LINK = (
        "resume.no-download-link",
        Retry.NEVER,
        "The person's page on the portal has no resume to download.",
        "Open the person on the portal.",
    )
    RESUME_PRINT = (
        "resume.print-failed",
        Retry.LATER,
        "The browser could not make a PDF of the resume.",
        "Retry.",
    )
    RESUME_UNREADABLE_ID = (
        "resume.unreadable-id",
        Retry.NEVER,
        "The portal's number of this person cannot be read.",
        "Open the person on the portal.",
    )

    # Skipped, and why
    SKIP_ALREADY_HERE = (
        "skip.already-here",
        Retry.NEVER,
        "This person's resume is in the folder already.",
        "Nothing to do. Download again on purpose to refresh it.",
    )
    SKIP_UNCHANGED = (
        "skip.unchanged",
        Retry.NEVER,
        "Fetched again: it says the same as before.",
        "Nothing to do.",
    )
    SKIP_LISTED_TWICE = (
        "skip.listed-twice",
        Retry.NEVER,
        "The portal lists this person more than once.",
        "Nothing to do: they count once.",
    )

    # Jobs
    JOB_CANCELLED = (
        "job.cancelled",
        Retry.AFTER_USER_ACTS,
        "The download was cancelled.",
        "Start it again; people that are stored already are not fetched twice.",
    )
    JOB_INTERRUPTED = (
        "job.interrupted",
        Retry.AFTER_USER_ACTS,
        "NjordHR was closed while this download was running.",
        "It goes on by itself once NjordHR is connected to the portal; nobody is fetched twice.",
    )
    JOB_PAUSED = (
        "job.paused",
        Retry.AFTER_USER_ACTS,
        "This download is paused.",
        "Resume it when you want; it goes on where it was, and nobody is fetched twice.",
    )
    JOB_ALREADY_THERE = (
        "job.already-there",
        Retry.LATER,
        "A download of these people is running or waiting already.",
        "Look at that one, and resume it if it is paused.",
    )
    JOB_NOTHING_TO_RETRY = (
        "job.nothing-to-retry",
        Retry.NEVER,
        "Nobody of this download failed, so there is nobody to fetch again.",
        "Start a new download to see who is new on the portal.",
    )
    JOB_NOT_ACTIVE = (
        "job.not-active",
        Retry.NEVER,
        "This download is over already.",
        "Start a new one.",
    )

    # What somebody asks a computer of theirs to do
    COMMAND_UNKNOWN = (
        "command.unknown",
        Retry.AFTER_USER_ACTS,
        "NjordHR on that computer is too old to know what it was asked to do.",
        "Update NjordHR there, or do it at that computer.",
    )
    COMMAND_EXPIRED = (
        "command.expired",
        Retry.AFTER_USER_ACTS,
        "The computer did not answer in time, so nothing was begun.",
        "Switch the computer on, open NjordHR there, and ask again.",
    )
    COMMAND_WITHDRAWN = (
        "command.withdrawn",
        Retry.AFTER_USER_ACTS,
        "The download was cancelled before the computer heard of it.",
        "Start it again when you want it.",
    )
    COMMAND_OVER = (
        "command.over",
        Retry.NEVER,
        "The computer has answered this already.",
        "Look at how things stand now, and ask again if you still want it.",
    )
    CODE_NOT_FOR_US = (
        "command.code-unreadable",
        Retry.AFTER_USER_ACTS,
        "The computer could not read the code, which was sealed for an earlier run of NjordHR there.",
        "Type the code again; if it happens twice, have a new code sent.",
    )
    PAGE_NOT_SECURE = (
        "page.not-secure",
        Retry.AFTER_USER_ACTS,
        "This page was not opened over https, so that the browser seals no code for the computer.",
        "Open the page by its https address, or type the code at the computer itself.",
    )
    LOGIN_NOT_KEPT = (
        "login.not-kept",
        Retry.AFTER_USER_ACTS,
        "That computer does not keep a portal login with its password.",
        'At that computer, log in to the portal once in NjordHR with "Remember me here" ticked. '
        "The password stays there.",
    )

    # Updates
    UPDATE_UNREACHABLE = (
        "update.unreachable",
        Retry.LATER,
        "The place where updates come from does not answer.",
        "Nothing is wrong with this computer. It is asked again by itself; check the internet "
        "connection if this stays for days.",
    )
    UPDATE_SLOW = (
        "update.slow",
        Retry.LATER,
        "The update came in so slowly that waiting for it made no sense.",
        "What arrived is kept, and it goes on from there later by itself.",
    )
    UPDATE_ENDLESS = (
        "update.endless",
        Retry.LATER,
        "The place where updates come from sent more than it should, so it was cut off.",
        "Nothing was changed here. It is asked again by itself; if this stays, give support the code.",
    )
    UPDATE_INSECURE_ADDRESS = (
        "update.insecure-address",
        Retry.NEVER,
        "An update was to be fetched over a connection that others can read and change, so it was not.",
        "Nothing was changed here. Give support the code.",
    )
    UPDATE_INTERRUPTED = (
        "update.interrupted",
        Retry.LATER,
        "Fetching the update was paused.",
        "Go on with it whenever you like; what arrived is kept.",
    )
    UPDATE_METADATA_INVALID = (
        "update.metadata-invalid",
        Retry.LATER,
        "The list of updates came in a form that cannot be read, so it was not believed.",
        "Nothing was changed here. It is asked again by itself; if this stays, give support the code.",
    )
    UPDATE_EXPIRED = (
        "update.expired",
        Retry.LATER,
        "The list of updates is signed, but its time has run out, so it is not believed any more.",
        "Nothing was changed here. Its makers must sign it again; if this stays for days, give "
        "support the code.",
    )
    UPDATE_FROZEN = (
        "update.frozen",
        Retry.LATER,
        "It could not be confirmed that this is the newest list of updates: somebody may be holding "
        "back newer ones.",
        "Nothing was changed here. Try from another network; if it stays for days, give support the code.",
    )
    UPDATE_CLOCK_BEHIND = (
        "update.clock-behind",
        Retry.AFTER_USER_ACTS,
        "The clock of this computer is behind the day of its last look for updates, so it cannot be "
        "told what is new.",
        "Set date and time of this computer right, then look for updates again.",
    )
    UPDATE_ROLLBACK = (
        "update.rollback",
        Retry.LATER,
        "An older list of updates was sent than the one this computer has seen already, so it was refused.",
        "Nothing was changed here. Try from another network; if this stays, give support the code.",
    )
    UPDATE_MIXED = (
        "update.mixed",
        Retry.LATER,
        "Parts of the list of updates do not belong together, so none of it was believed.",
        "It is often a moment when a new version is just being published. It is asked again by itself.",
    )
    UPDATE_SIGNATURE_INVALID = (
        "update.signature-invalid",
        Retry.NEVER,
        "The list of updates is not signed by the makers of NjordHR, so it was refused.",
        "Nothing was changed here. Give support the code; somebody may be trying to pass off a "
        "program as NjordHR.",
    )
    UPDATE_BELOW_THRESHOLD = (
        "update.below-threshold",
        Retry.LATER,
        "Fewer people have signed this update than must agree to it, so it was refused.",
        "Nothing was changed here. It is asked again by itself; if this stays, give support the code.",
    )
    UPDATE_KEY_REVOKED = (
        "update.key-revoked",
        Retry.NEVER,
        "This update is signed with a key that the makers of NjordHR have withdrawn, so it was refused.",
        "Nothing was changed here. Give support the code; the key may be in wrong hands.",
    )
    UPDATE_KEY_TWICE = (
        "update.key-twice",
        Retry.NEVER,
        "One key was counted under two names to make up for a missing signature, so the update was refused.",
        "Nothing was changed here. Give support the code.",
    )
    UPDATE_ROOT_BROKEN = (
        "update.root-broken",
        Retry.NEVER,
        "The new list of those who may sign updates does not follow from the one this computer "
        "knows, so it was refused.",
        "Nothing was changed here. Give support the code, or install NjordHR afresh from the official place.",
    )
    UPDATE_ROLE_EXCEEDED = (
        "update.role-exceeded",
        Retry.NEVER,
        "A key that may only slow down or stop updates was used to offer one, so it was refused.",
        "Nothing was changed here. Give support the code; the key may be in wrong hands.",
    )
    UPDATE_LIST_MISSING = (
        "update.list-missing",
        Retry.LATER,
        "There is no list of updates for this kind of computer and this channel.",
        "Nothing is wrong with this computer. If another channel is chosen under Settings, choose "
        "the usual one.",
    )
    UPDATE_LIST_INVALID = (
        "update.list-invalid",
        Retry.LATER,
        "The list of updates holds something that NjordHR does not understand, so none of it was believed.",
        "Nothing was changed here. If this stays for days, install the newest version from the "
        "official place.",
    )
    UPDATE_HASH_MISSING = (
        "update.hash-missing",
        Retry.NEVER,
        "An update came without the fingerprint it is checked by, so it was refused.",
        "Nothing was changed here. Give support the code.",
    )
    UPDATE_HASH_WRONG = (
        "update.hash-wrong",
        Retry.LATER,
        "What arrived is not what was signed: it was damaged on the way, or exchanged. It was thrown away.",
        "Nothing was changed here. It is fetched again by itself; if this stays, try from another network.",
    )
    UPDATE_RELEASE_UNSIGNED = (
        "update.release-unsigned",
        Retry.NEVER,
        "An update came without any signature, so it was refused.",
        "Nothing was changed here. Give support the code.",
    )
    UPDATE_RELEASE_SIGNATURE = (
        "update.release-signature",
        Retry.NEVER,
        "The signature of an update does not fit what it says, so it was refused.",
        "Nothing was changed here. Give support the code; somebody may have changed it after it was signed.",
    )
    UPDATE_WRONG_APP = (
        "update.wrong-app",
        Retry.NEVER,
        "The update that was offered is not one of NjordHR, so it was refused.",
        "Nothing was changed here. Give support the code.",
    )
    UPDATE_WRONG_PLATFORM = (
        "update.wrong-platform",
        Retry.NEVER,
        "The update that was offered is for another kind of computer, so it was refused.",
        "Nothing was changed here. Give support the code.",
    )
    UPDATE_WRONG_CHANNEL = (
        "update.wrong-channel",
        Retry.NEVER,
        "The update that was offered belongs to another channel than the one that is chosen here, so "
        "it was refused.",
        "Nothing was changed here. Give support the code.",
    )
    UPDATE_BUSY = (
        "update.busy",
        Retry.LATER,
        "NjordHR is looking for updates already, in another window or for another person on this computer.",
        "Wait a minute; it is tried again by itself.",
    )
    UPDATE_NOT_STORED = (
        "update.not-stored",
        Retry.AFTER_USER_ACTS,
        "What is known of updates could not be written to the disk of this computer.",
        "See whether the disk is full; make room and look for updates again.",
    )
    UPDATE_NOT_YOUR_TURN = (
        "update.not-your-turn",
        Retry.LATER,
        "There is a new version, and it is going out to a few computers first. This one is not among "
        "them yet.",
        "You need not do anything. If you want it now, look for updates by hand.",
    )
    UPDATE_HELD_BACK = (
        "update.held-back",
        Retry.LATER,
        "There is a new version, and its makers have paused it for now.",
        "You need not do anything; it is offered again when they go on.",
    )
    UPDATE_DISABLED = (
        "update.disabled",
        Retry.NEVER,
        "This version was withdrawn by its makers, so it is not installed.",
        "You need not do anything. A better one is offered as soon as there is one.",
    )
    UPDATE_WITHDRAWN = (
        "update.no-longer-offered",
        Retry.NEVER,
        "This version is not offered any more, so what was fetched of it is not installed.",
        "You need not do anything. A newer one is offered by itself.",
    )
    UPDATE_STEP_MISSING = (
        "update.step-missing",
        Retry.LATER,
        "There is a new version, but this one is too old to go there at once, and the version "
        "between is not there yet.",
        "Wait for it, or install the newest version from the official place.",
    )
    UPDATE_RECORDS_DIFFER = (
        "update.records-differ",
        Retry.LATER,
        "There is another version, but it cannot read the records as this computer keeps them.",
        "Nothing was changed here. If this stays, give support the code.",
    )
    UPDATE_FAILED_HERE = (
        "update.failed-here",
        Retry.NEVER,
        "This version did not start properly on this computer before, so it is not tried again.",
        "You need not do anything; the next version is offered as usual. Support can see why with the code.",
    )
    UPDATE_NOT_READY = (
        "update.not-ready",
        Retry.LATER,
        "The new version cannot be started yet: it is not there whole, or another one is being tried.",
        "Check for updates again in Settings.",
    )
    UPDATE_DID_NOT_START = (
        "update.did-not-start",
        Retry.NEVER,
        "The new version ended while it was starting, so NjordHR went back to the version before. "
        "Your records and settings are as they were.",
        "You can work as usual; the next version is offered by itself.",
    )
    UPDATE_NO_REPORT = (
        "update.no-report",
        Retry.NEVER,
        "The new version did not get ready within a minute, so NjordHR went back to the version before. "
        "Your records and settings are as they were.",
        "You can work as usual; the next version is offered by itself.",
    )
    UPDATE_CHECK_FAILED = (
        "update.check-failed",
        Retry.NEVER,
        "The new version found at its start that it does not work on this computer, so NjordHR went back to "
        "the version before. Your records and settings are as they were.",
        "You can work as usual; the next version is offered by itself.",
    )
    UPDATE_VERSION_DAMAGED = (
        "update.version-damaged",
        Retry.LATER,
        "Files of the installed version are missing or damaged, so NjordHR started another that is whole.",
        "Check for updates in Settings, or install NjordHR again; your records and settings stay.",
    )
    UPDATE_PATH_UNSAFE = (
        "update.path-unsafe",
        Retry.NEVER,
        "A file of the update was to be written to a place where it does not belong, so it was refused.",
        "Nothing was changed here. Give support the code.",
    )
    UPDATE_NOT_A_PLAIN_FILE = (
        "update.not-a-plain-file",
        Retry.NEVER,
        "The update holds something that is no plain file, such as a link, so it was refused.",
        "Nothing was changed here. Give support the code.",
    )
    UPDATE_TOO_LARGE = (
        "update.too-large",
        Retry.NEVER,
        "The update would unpack to more than it may, so it was refused.",
        "Nothing was changed here. Give support the code.",
    )
    UPDATE_ARCHIVE_DAMAGED = (
        "update.archive-damaged",
        Retry.LATER,
        "The update cannot be unpacked: it is not put together as it was signed.",
        "Nothing was changed here. It is fetched again by itself; if this stays, give support the code.",
    )
    UPDATE_CONTENT_WRONG = (
        "update.content-wrong",
        Retry.LATER,
        "A file of the update is not what was signed, so none of it was taken.",
        "Nothing was changed here. It is fetched again by itself; if this stays, give support the code.",
    )
    UPDATE_BASE_CHANGED = (
        "update.base-changed",
        Retry.LATER,
        "The files of NjordHR on this computer are not as they were installed, so the small update "
        "does not fit.",
        "You need not do anything; the whole version is fetched instead.",
    )
    UPDATE_BUILD_UNKNOWN = (
        "update.build-unknown",
        Retry.NEVER,
        "It cannot be told which version of NjordHR this is, so it does not update itself.",
        "Install the newest version from the official place.",
    )
    UPDATE_CODE_SIGNATURE_MISSING = (
        "update.code-signature-missing",
        Retry.LATER,
        "The new version's program carries no signature of its publisher, so it was not installed.",
        "You need not do anything. Tell support if it happens again.",
    )
    UPDATE_CODE_SIGNATURE_INVALID = (
        "update.code-signature-invalid",
        Retry.LATER,
        "The publisher's signature of the new version's program is not good, so it was not installed.",
        "You need not do anything. Tell support if it happens again.",
    )
    UPDATE_CODE_SIGNATURE_PUBLISHER = (
        "update.code-signature-publisher",
        Retry.LATER,
        "Somebody else than NjordHR's publisher signed the new version's program, so it was not installed.",
        "Tell support. Install nothing by hand that you were sent.",
    )
    UPDATE_CODE_SIGNATURE_UNCHECKED = (
        "update.code-signature-unchecked",
        Retry.LATER,
        "This computer could not check the publisher's signature of the new version. It was not installed.",
        "It is tried again by itself. If it goes on, restart the computer.",
    )
