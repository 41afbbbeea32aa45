// Made by web_ui/gen/generate.py from the Python models. Change those, not this.

import type { Reason } from './types'

export type Retry = 'never' | 'later' | 'after_user_acts'

export interface ReasonWords {
  retry: Retry
  sentence: string
  nextStep: string
}

export const REASONS: Record<Reason, ReasonWords> = {
  "request.invalid": {
    "retry": "never",
    "sentence": "Something in this request is not as it should be.",
    "nextStep": "Check the fields that are marked and try again."
  },
  "request.not-found": {
    "retry": "never",
    "sentence": "This does not exist, or it is not yours to see.",
    "nextStep": "Go back to the list and open it again."
  },
  "request.method-not-allowed": {
    "retry": "never",
    "sentence": "This address does not take that kind of request.",
    "nextStep": "Reload the page; if it happens again, tell support."
  },
  "request.too-large": {
    "retry": "never",
    "sentence": "This is larger than what is accepted in one go.",
    "nextStep": "Send less at once."
  },
  "request.too-many": {
    "retry": "later",
    "sentence": "There were too many tries in a short time.",
    "nextStep": "Wait a minute and try again."
  },
  "request.too-many-streams": {
    "retry": "later",
    "sentence": "NjordHR is open in too many of your windows or tabs; this one does not hear of changes at once.",
    "nextStep": "Close some that you do not need; this one goes on by itself."
  },
  "server.fault": {
    "retry": "later",
    "sentence": "Something went wrong on our side; nothing of yours was lost.",
    "nextStep": "Try again in a moment. If it goes on, give support the code."
  },
  "server.database-unavailable": {
    "retry": "later",
    "sentence": "The office's database does not answer right now. What is on screen is the last that was read.",
    "nextStep": "Wait a moment; it is tried again by itself."
  },
  "auth.required": {
    "retry": "after_user_acts",
    "sentence": "You are not signed in, or the sign-in has run out.",
    "nextStep": "Sign in again; what you typed is kept."
  },
  "auth.wrong-credentials": {
    "retry": "after_user_acts",
    "sentence": "This e-mail address and password do not belong together.",
    "nextStep": "Check both and try again."
  },
  "auth.token-expired": {
    "retry": "after_user_acts",
    "sentence": "The sign-in has run out.",
    "nextStep": "Sign in again; what you typed is kept."
  },
  "auth.token-invalid": {
    "retry": "after_user_acts",
    "sentence": "The sign-in of this computer is not accepted.",
    "nextStep": "Sign in again."
  },
  "auth.token-not-yet-valid": {
    "retry": "after_user_acts",
    "sentence": "This sign-in is dated in the future: the clocks of two machines differ.",
    "nextStep": "Sign in again; if it happens again, ask support to check the clocks."
  },
  "auth.token-wrong-audience": {
    "retry": "after_user_acts",
    "sentence": "This sign-in was made for another service.",
    "nextStep": "Sign in again, here."
  },
  "auth.token-wrong-issuer": {
    "retry": "after_user_acts",
    "sentence": "This sign-in comes from a service that this office does not use.",
    "nextStep": "Sign in again, here."
  },
  "auth.token-wrong-algorithm": {
    "retry": "after_user_acts",
    "sentence": "This sign-in is not signed in the way that this office accepts.",
    "nextStep": "Sign in again."
  },
  "auth.token-unknown-key": {
    "retry": "after_user_acts",
    "sentence": "This sign-in is signed with a key that is not in use any more.",
    "nextStep": "Sign in again."
  },
  "auth.not-a-member": {
    "retry": "after_user_acts",
    "sentence": "This account does not belong to an office, or it was switched off.",
    "nextStep": "Ask an admin of your office for an invitation."
  },
  "auth.forbidden": {
    "retry": "never",
    "sentence": "Your role does not include this.",
    "nextStep": "Ask a manager or an admin of your office."
  },
  "auth.provider-unavailable": {
    "retry": "later",
    "sentence": "The sign-in service does not answer right now.",
    "nextStep": "Wait a minute and try again."
  },
  "invitation.not-valid": {
    "retry": "after_user_acts",
    "sentence": "This invitation does not exist, or its link was not copied whole.",
    "nextStep": "Copy the whole link once more, or ask the admin who invited you for a new one."
  },
  "invitation.used": {
    "retry": "after_user_acts",
    "sentence": "This invitation was used already.",
    "nextStep": "Sign in with your e-mail address and password. If it was not you, tell an admin of your office."
  },
  "invitation.expired": {
    "retry": "after_user_acts",
    "sentence": "This invitation is too old.",
    "nextStep": "Ask the admin who invited you to send it again."
  },
  "invitation.revoked": {
    "retry": "after_user_acts",
    "sentence": "This invitation was taken back.",
    "nextStep": "Ask an admin of the office whether it was meant for you."
  },
  "invitation.already-open": {
    "retry": "after_user_acts",
    "sentence": "This address is invited already.",
    "nextStep": "Make a new link for the invitation in the list, or take it back first."
  },
  "invitation.over": {
    "retry": "never",
    "sentence": "Somebody has used this invitation or taken it back since.",
    "nextStep": "Look at the list again; invite the address anew if it is not among the people."
  },
  "invitation.account-exists": {
    "retry": "after_user_acts",
    "sentence": "There is an account with this address already, and this is not its password.",
    "nextStep": "Type the password of that account."
  },
  "invitation.other-office": {
    "retry": "after_user_acts",
    "sentence": "This account belongs to another office, and a person can be in one office only.",
    "nextStep": "Ask the admin for an invitation to another e-mail address of yours."
  },
  "invitation.confirm-address": {
    "retry": "after_user_acts",
    "sentence": "Your account is made, and your e-mail address must be confirmed first.",
    "nextStep": "Open the message that was just sent to you and confirm. Then open the invitation once more."
  },
  "invitation.password-weak": {
    "retry": "after_user_acts",
    "sentence": "This password is too easy to guess.",
    "nextStep": "Choose a longer one: three or four words that do not belong together."
  },
  "member.already-there": {
    "retry": "never",
    "sentence": "This address belongs to a member of your office already.",
    "nextStep": "Find the person in the list; who is switched off can be switched on again there."
  },
  "member.last-admin": {
    "retry": "never",
    "sentence": "An office needs at least one admin, and this is the last one.",
    "nextStep": "Make somebody else an admin first."
  },
  "member.not-yourself": {
    "retry": "never",
    "sentence": "Nobody changes their own role or switches themself off.",
    "nextStep": "Ask another admin of your office."
  },
  "device.pairing-code-not-valid": {
    "retry": "after_user_acts",
    "sentence": "This pairing code is wrong, used, or older than ten minutes.",
    "nextStep": "Make a new code and use it at once."
  },
  "device.revoked": {
    "retry": "after_user_acts",
    "sentence": "This computer was disconnected from the office.",
    "nextStep": "Connect it again in Settings. What waits to be sent is kept."
  },
  "device.not-paired": {
    "retry": "after_user_acts",
    "sentence": "This computer is not connected to an office yet.",
    "nextStep": "Connect it in Settings; downloads are kept and sent afterwards."
  },
  "ingest.unreadable": {
    "retry": "never",
    "sentence": "The office could not read one of the records this computer sent.",
    "nextStep": "It is kept on this computer. Update NjordHR; if it stays, give support the code."
  },
  "ingest.unknown-type": {
    "retry": "after_user_acts",
    "sentence": "The office does not know this kind of record yet.",
    "nextStep": "It is kept on this computer and can be sent again after the office's update."
  },
  "ingest.id-reused": {
    "retry": "never",
    "sentence": "Two different records carry the same number.",
    "nextStep": "The second is kept on this computer; give support the code."
  },
  "ingest.unknown-candidate": {
    "retry": "later",
    "sentence": "The office does not have the person that this record is about.",
    "nextStep": "It is sent again after the person's resume."
  },
  "ingest.unknown-job": {
    "retry": "later",
    "sentence": "The office does not have the download that this record is about.",
    "nextStep": "It is sent again after the download's own record."
  },
  "ingest.not-yours": {
    "retry": "never",
    "sentence": "This record is about something that belongs to somebody else.",
    "nextStep": "It is kept on this computer; give support the code."
  },
  "review.not-to-review": {
    "retry": "never",
    "sentence": "This resume is not waiting for review any more.",
    "nextStep": "The list is read again; see who reviewed it in the history."
  },
  "status.transition-not-allowed": {
    "retry": "never",
    "sentence": "The status cannot go from what it is now to this one.",
    "nextStep": "Take the step in between. An admin may override it with a reason."
  },
  "status.override-needs-reason": {
    "retry": "after_user_acts",
    "sentence": "An override is recorded with its reason, and there is none.",
    "nextStep": "Write why this status is set."
  },
  "candidate.changed-meanwhile": {
    "retry": "after_user_acts",
    "sentence": "Somebody changed this person while you were looking at them.",
    "nextStep": "See what changed; what you typed is kept, and you can send it again."
  },
  "candidate.not-verified": {
    "retry": "after_user_acts",
    "sentence": "This person is not on the dashboard yet.",
    "nextStep": "Verify the resume under Review first."
  },
  "candidate.deleted": {
    "retry": "never",
    "sentence": "This person was deleted meanwhile.",
    "nextStep": "An admin sees under Settings who was deleted, and can bring them back for some weeks."
  },
  "candidate.erased": {
    "retry": "never",
    "sentence": "Your office has erased this person, so this older record of them is not taken.",
    "nextStep": "Nothing needs to be done. Whoever is downloaded again from now on is a new person."
  },
  "candidate.held": {
    "retry": "after_user_acts",
    "sentence": "A legal hold stands on this person, so nothing of theirs is deleted.",
    "nextStep": "Lift the hold first, if nothing speaks against it any more."
  },
  "undo.too-late": {
    "retry": "never",
    "sentence": "This is older than ten minutes and cannot be undone.",
    "nextStep": "Set the status or write a note instead."
  },
  "undo.not-yours": {
    "retry": "never",
    "sentence": "Only the person who did this can undo it.",
    "nextStep": "Ask them, or set the status yourself."
  },
  "undo.not-latest": {
    "retry": "never",
    "sentence": "Something else happened to this person since.",
    "nextStep": "Undo the newer step first, or set the status yourself."
  },
  "undo.not-possible": {
    "retry": "never",
    "sentence": "This step cannot be undone, or it was undone already.",
    "nextStep": "See the history of this person."
  },
  "resume.not-in-cloud": {
    "retry": "later",
    "sentence": "The office has no copy of this resume yet; it is on the computer that downloaded it.",
    "nextStep": "Open it on that computer, or wait until it is uploaded."
  },
  "resume.not-on-this-computer": {
    "retry": "never",
    "sentence": "The file of this resume is not in the download folder any more.",
    "nextStep": "Open the office's copy, or download the person again."
  },
  "resume.unreadable": {
    "retry": "never",
    "sentence": "The file of this resume cannot be shown: it is not a whole PDF.",
    "nextStep": "Download the person again."
  },
  "resume.encrypted": {
    "retry": "after_user_acts",
    "sentence": "The PDF is closed with a password, so nothing could be read from it.",
    "nextStep": "Ask the sender for a copy without a password."
  },
  "resume.no-text": {
    "retry": "never",
    "sentence": "The PDF holds pictures of pages and no text, so nothing could be read from it.",
    "nextStep": "Read it yourself, or ask for a copy that was not scanned."
  },
  "resume.too-large": {
    "retry": "never",
    "sentence": "The PDF is larger than a resume can be, so it was not read.",
    "nextStep": "Ask for the resume alone, without other papers."
  },
  "upload.checksum-mismatch": {
    "retry": "later",
    "sentence": "What arrived in the store is not what this computer sent.",
    "nextStep": "It is sent again by itself."
  },
  "upload.missing": {
    "retry": "later",
    "sentence": "The upload did not arrive in the store.",
    "nextStep": "It is sent again by itself."
  },
  "upload.being-checked": {
    "retry": "later",
    "sentence": "The file arrived in the office's store, which still compares it with what this computer sent.",
    "nextStep": "It takes some seconds; nothing is to be done."
  },
  "upload.file-gone": {
    "retry": "after_user_acts",
    "sentence": "The resume's file is gone or was changed before it was uploaded.",
    "nextStep": "Download the person again."
  },
  "store.link-not-valid": {
    "retry": "never",
    "sentence": "This link has run out or is not complete.",
    "nextStep": "Open the resume again from the list."
  },
  "store.unavailable": {
    "retry": "later",
    "sentence": "The office's file store does not answer right now.",
    "nextStep": "It is tried again by itself."
  },
  "resume.only-elsewhere": {
    "retry": "later",
    "sentence": "Only another computer of the office has the file of this resume.",
    "nextStep": "Open the person and ask that computer to send it, or export on that computer."
  },
  "resume.changed-here": {
    "retry": "after_user_acts",
    "sentence": "The file on this computer is not the one that was stored; somebody changed it.",
    "nextStep": "Download the person again."
  },
  "resume.lost-in-store": {
    "retry": "after_user_acts",
    "sentence": "The office's file store does not hold this resume as it was uploaded.",
    "nextStep": "Tell an admin; download the person again meanwhile."
  },
  "upload.switched-off": {
    "retry": "after_user_acts",
    "sentence": "The person who works at that computer has switched off uploading resumes.",
    "nextStep": "Ask them to switch it on in Settings, or to send you the file."
  },
  "upload.computer-disconnected": {
    "retry": "after_user_acts",
    "sentence": "The computer that has this resume is not connected to the office any more.",
    "nextStep": "Download the person again."
  },
  "views.too-many": {
    "retry": "never",
    "sentence": "You have kept 100 views, and there are no more places.",
    "nextStep": "Delete a view that you do not use any more, and save again."
  },
  "export.nobody": {
    "retry": "never",
    "sentence": "Nobody on the dashboard fits what was to be exported.",
    "nextStep": "Select somebody, or change the filter."
  },
  "export.too-many": {
    "retry": "never",
    "sentence": "More people were to be exported than fit into one export.",
    "nextStep": "Export one rank or one status at a time."
  },
  "export.no-resume": {
    "retry": "never",
    "sentence": "The office has no resume of this person.",
    "nextStep": "Download the person again if the resume is needed."
  },
  "export.busy": {
    "retry": "later",
    "sentence": "An export is being made on this computer already.",
    "nextStep": "Wait until it is done, or cancel it."
  },
  "export.cancelled": {
    "retry": "after_user_acts",
    "sentence": "The export was cancelled; nothing was saved.",
    "nextStep": "Export again when you need it."
  },
  "export.ticket-not-valid": {
    "retry": "never",
    "sentence": "This download was used already, or it has run out.",
    "nextStep": "Export again."
  },
  "export.disk-full": {
    "retry": "after_user_acts",
    "sentence": "There is no room on the disk for this export; nothing was saved.",
    "nextStep": "Make room, or choose another place, and export again."
  },
  "export.not-saved": {
    "retry": "after_user_acts",
    "sentence": "The export could not be saved there; what was there before is as it was.",
    "nextStep": "Close the file if a program has it open, or choose another place."
  },
  "agent.session-required": {
    "retry": "after_user_acts",
    "sentence": "This page is not connected to NjordHR on this computer.",
    "nextStep": "Open NjordHR again from its icon or with its start command."
  },
  "agent.launch-code-not-valid": {
    "retry": "after_user_acts",
    "sentence": "This address was used before or is too old.",
    "nextStep": "Open NjordHR again from its icon or with its start command."
  },
  "agent.foreign-page": {
    "retry": "never",
    "sentence": "Another web page asked for something that only NjordHR's own page may.",
    "nextStep": "Nothing to do: it was refused."
  },
  "agent.unreachable": {
    "retry": "later",
    "sentence": "NjordHR on this computer does not answer.",
    "nextStep": "If it was closed, start it again; what is on this page stays. It is tried again by itself."
  },
  "agent.just-updated": {
    "retry": "later",
    "sentence": "NjordHR was just updated and first looks whether all of it works here.",
    "nextStep": "Wait some seconds and try again."
  },
  "agent.no-updates": {
    "retry": "never",
    "sentence": "This copy of NjordHR does not update itself.",
    "nextStep": "Whoever installed it here brings the next version."
  },
  "agent.restart-interrupts-download": {
    "retry": "after_user_acts",
    "sentence": "A download of resumes is running, and restarting NjordHR would interrupt it.",
    "nextStep": "Wait until it is over, or restart all the same: who is stored stays, and it goes on afterwards."
  },
  "page.fault": {
    "retry": "later",
    "sentence": "This page could not do that; nothing of yours was lost.",
    "nextStep": "Reload the page. If it goes on, give support the code."
  },
  "agent.stopping": {
    "retry": "later",
    "sentence": "NjordHR is closing on this computer.",
    "nextStep": "Start it again; downloads go on where they were."
  },
  "agent.store-damaged": {
    "retry": "after_user_acts",
    "sentence": "NjordHR's own records on this computer are damaged and were left as they are.",
    "nextStep": "Choose Begin anew: the damaged records are kept in a folder of their own, and what they still say is taken over."
  },
  "agent.store-newer": {
    "retry": "after_user_acts",
    "sentence": "NjordHR's records on this computer were written by a newer version.",
    "nextStep": "Start the newer version, or install it again."
  },
  "agent.store-write-failed": {
    "retry": "later",
    "sentence": "NjordHR could not write its own records on this computer; nothing that was recorded is lost.",
    "nextStep": "Free some space on the disk and try again."
  },
  "agent.start-failed": {
    "retry": "after_user_acts",
    "sentence": "NjordHR could not start on this computer; nothing of yours was lost.",
    "nextStep": "Try again. If it goes on, give support the diagnostics."
  },
  "agent.already-running": {
    "retry": "after_user_acts",
    "sentence": "NjordHR is running on this computer already, with the same records.",
    "nextStep": "Use the window that is open, or close it first."
  },
  "agent.keyring-missing": {
    "retry": "after_user_acts",
    "sentence": "This computer has no safe place for passwords, so they are kept for this run only.",
    "nextStep": "You will be asked again after a restart."
  },
  "window.not-there": {
    "retry": "after_user_acts",
    "sentence": "This page is not in NjordHR's own window, so the computer's dialogs cannot be used.",
    "nextStep": "Type it here, or open NjordHR's window."
  },
  "window.dialog-open": {
    "retry": "after_user_acts",
    "sentence": "NjordHR has a dialog open already.",
    "nextStep": "Answer or close that one first; it may be behind another window."
  },
  "window.web-view-missing": {
    "retry": "after_user_acts",
    "sentence": "Microsoft Edge WebView2, with which NjordHR shows its window, is not on this computer.",
    "nextStep": "Install it from https://go.microsoft.com/fwlink/p/?LinkId=2124703 and start NjordHR again."
  },
  "diagnostics.not-saved": {
    "retry": "after_user_acts",
    "sentence": "The diagnostics could not be saved there.",
    "nextStep": "Choose another folder, such as the desktop."
  },
  "auto-start.not-possible": {
    "retry": "never",
    "sentence": "This NjordHR is not an installed program, so it cannot be started when you log in.",
    "nextStep": "Start it yourself, or install NjordHR."
  },
  "auto-start.refused": {
    "retry": "after_user_acts",
    "sentence": "This computer did not let NjordHR be started when you log in.",
    "nextStep": "Ask whoever looks after this computer; until then start NjordHR yourself."
  },
  "auto-start.gone": {
    "retry": "after_user_acts",
    "sentence": "This computer does not start NjordHR when you log in any more; somebody switched it off there.",
    "nextStep": "Switch it off and on again here if you want it back."
  },
  "settings.write-failed": {
    "retry": "after_user_acts",
    "sentence": "The settings could not be saved on this computer; they are as they were.",
    "nextStep": "Free some space on the disk, see that its folder may be written, and save again."
  },
  "settings.unreadable": {
    "retry": "after_user_acts",
    "sentence": "The settings file on this computer cannot be read.",
    "nextStep": "It is left as it was. Correct it, or move it away and start again."
  },
  "folder.not-set": {
    "retry": "after_user_acts",
    "sentence": "There is no folder for resumes yet.",
    "nextStep": "Choose a folder on this computer."
  },
  "folder.not-there": {
    "retry": "after_user_acts",
    "sentence": "The folder for resumes is not there.",
    "nextStep": "Connect the drive, or choose another folder."
  },
  "folder.not-writable": {
    "retry": "after_user_acts",
    "sentence": "NjordHR may not write into this folder.",
    "nextStep": "Choose a folder of your own, such as one in Documents."
  },
  "folder.not-absolute": {
    "retry": "after_user_acts",
    "sentence": "This is not a whole path.",
    "nextStep": "Give the folder from its drive or root on."
  },
  "folder.not-shown": {
    "retry": "never",
    "sentence": "This computer has no file manager that NjordHR could open.",
    "nextStep": "Find the file by the name of its folder."
  },
  "folder.disk-full": {
    "retry": "after_user_acts",
    "sentence": "The disk of the folder for resumes is full.",
    "nextStep": "Free some space, or choose another folder, and retry."
  },
  "file.in-use": {
    "retry": "after_user_acts",
    "sentence": "Another program holds the old file open; it was left as it is.",
    "nextStep": "Close the file there and retry."
  },
  "file.protected": {
    "retry": "after_user_acts",
    "sentence": "The old file is protected against changes; it was left as it is.",
    "nextStep": "Take the protection off in the file's properties, or move the file away, and retry."
  },
  "file.write-failed": {
    "retry": "after_user_acts",
    "sentence": "The resume could not be written to the folder.",
    "nextStep": "Check the folder and the disk, and retry."
  },
  "cloud.unreachable": {
    "retry": "later",
    "sentence": "The office's server cannot be reached. Downloads go on; the rest is sent later.",
    "nextStep": "Check the internet connection. It is tried again by itself."
  },
  "cloud.certificate-invalid": {
    "retry": "later",
    "sentence": "The office's server could not prove to this computer who it is, so nothing was sent to it.",
    "nextStep": "Check this computer's date and time; if they are right, tell whoever looks after your network."
  },
  "cloud.unexpected-answer": {
    "retry": "later",
    "sentence": "The office's server gave an answer that NjordHR does not understand.",
    "nextStep": "It is tried again by itself. If it goes on, update NjordHR."
  },
  "cloud.sync-off": {
    "retry": "after_user_acts",
    "sentence": "Sending to the office is switched off on this computer.",
    "nextStep": "Switch it on in Settings; what waits is kept."
  },
  "outbox.another-office": {
    "retry": "after_user_acts",
    "sentence": "This record belongs to another office than the one this computer is connected to now.",
    "nextStep": "Connect this computer to that office again, and it is sent by itself."
  },
  "browser.missing": {
    "retry": "after_user_acts",
    "sentence": "No Chrome, Edge or Chromium was found on this computer.",
    "nextStep": "Install Google Chrome or Microsoft Edge and connect again."
  },
  "browser.too-old": {
    "retry": "after_user_acts",
    "sentence": "The browser on this computer is too old to work for NjordHR.",
    "nextStep": "Update Google Chrome or Microsoft Edge and connect again."
  },
  "browser.driver-does-not-fit": {
    "retry": "after_user_acts",
    "sentence": "The program with which NjordHR steers the browser does not fit it, or could not be fetched.",
    "nextStep": "Check this computer's connection to the internet, update Chrome or Edge, and connect again."
  },
  "browser.did-not-start": {
    "retry": "after_user_acts",
    "sentence": "The browser that works for NjordHR did not start.",
    "nextStep": "Update Chrome or Edge and connect again."
  },
  "browser.gone": {
    "retry": "after_user_acts",
    "sentence": "The browser that works for NjordHR was closed.",
    "nextStep": "Connect again; a download that waits goes on by itself, and nobody is fetched twice."
  },
  "login.not-connected": {
    "retry": "after_user_acts",
    "sentence": "NjordHR is not logged in to the job portal.",
    "nextStep": "Connect to the portal first."
  },
  "login.password-needed": {
    "retry": "after_user_acts",
    "sentence": "The password of this portal account is not kept on this computer.",
    "nextStep": "Type the password and connect again."
  },
  "login.busy": {
    "retry": "later",
    "sentence": "The portal is in use by a running download.",
    "nextStep": "Wait until it has ended, or pause it."
  },
  "login.phone-not-registered": {
    "retry": "after_user_acts",
    "sentence": "The portal does not know this phone number.",
    "nextStep": "Check the number, with the portal's own spelling, and send the code again."
  },
  "login.wrong-otp": {
    "retry": "after_user_acts",
    "sentence": "The portal did not accept this code.",
    "nextStep": "Check the code on the phone, or have a new one sent."
  },
  "login.otp-expired": {
    "retry": "after_user_acts",
    "sentence": "The code's time has run out.",
    "nextStep": "Have a new code sent; nothing needs to be typed again."
  },
  "login.wrong-password": {
    "retry": "after_user_acts",
    "sentence": "The portal did not accept the user name and password.",
    "nextStep": "Check both and connect again."
  },
  "login.no-code-asked": {
    "retry": "after_user_acts",
    "sentence": "The portal is not waiting for a code.",
    "nextStep": "Connect to the portal first."
  },
  "login.unexpected-answer": {
    "retry": "later",
    "sentence": "The portal answered the login in a way NjordHR does not know.",
    "nextStep": "Try again; if it goes on, open the portal in a browser and see what it says."
  },
  "portal.unreachable": {
    "retry": "later",
    "sentence": "The job portal cannot be reached.",
    "nextStep": "Check the internet connection and try again."
  },
  "portal.certificate-invalid": {
    "retry": "after_user_acts",
    "sentence": "The job portal's address is not secure: its certificate cannot be trusted.",
    "nextStep": "Check the portal's address and this computer's clock; if both are right, tell the portal."
  },
  "portal.too-slow": {
    "retry": "later",
    "sentence": "The job portal took too long to answer.",
    "nextStep": "Retry; the others were not affected."
  },
  "portal.page-changed": {
    "retry": "after_user_acts",
    "sentence": "A part of the portal's page that NjordHR relies on is missing.",
    "nextStep": "Retry once. If it goes on, the portal was changed: tell support."
  },
  "portal.label-unknown": {
    "retry": "after_user_acts",
    "sentence": "The portal does not offer this rank or ship type.",
    "nextStep": "Choose another one from the list."
  },
  "portal.session-ended": {
    "retry": "after_user_acts",
    "sentence": "The portal has logged NjordHR out.",
    "nextStep": "Connect again; a download that waits goes on by itself, and nobody is fetched twice."
  },
  "portal.server-error": {
    "retry": "later",
    "sentence": "The portal answered with an error of its own.",
    "nextStep": "Retry later."
  },
  "portal.blocked": {
    "retry": "after_user_acts",
    "sentence": "The portal asks for a captcha, or says that a limit is reached. NjordHR does not work around that.",
    "nextStep": "Open the portal in a browser, see what it asks for, and go on later."
  },
  "portal.nobody-found": {
    "retry": "never",
    "sentence": "The portal has nobody with this rank and ship type.",
    "nextStep": "Choose another rank or ship type."
  },
  "resume.login-page": {
    "retry": "after_user_acts",
    "sentence": "The portal showed its login page instead of the resume.",
    "nextStep": "Connect again and retry."
  },
  "resume.incomplete-page": {
    "retry": "later",
    "sentence": "The resume's page was empty or only half there.",
    "nextStep": "Retry. If it goes on, open the person on the portal."
  },
  "resume.no-download-link": {
    "retry": "never",
    "sentence": "The person's page on the portal has no resume to download.",
    "nextStep": "Open the person on the portal."
  },
  "resume.print-failed": {
    "retry": "later",
    "sentence": "The browser could not make a PDF of the resume.",
    "nextStep": "Retry."
  },
  "resume.unreadable-id": {
    "retry": "never",
    "sentence": "The portal's number of this person cannot be read.",
    "nextStep": "Open the person on the portal."
  },
  "skip.already-here": {
    "retry": "never",
    "sentence": "This person's resume is in the folder already.",
    "nextStep": "Nothing to do. Download again on purpose to refresh it."
  },
  "skip.unchanged": {
    "retry": "never",
    "sentence": "Fetched again: it says the same as before.",
    "nextStep": "Nothing to do."
  },
  "skip.listed-twice": {
    "retry": "never",
    "sentence": "The portal lists this person more than once.",
    "nextStep": "Nothing to do: they count once."
  },
  "job.cancelled": {
    "retry": "after_user_acts",
    "sentence": "The download was cancelled.",
    "nextStep": "Start it again; people that are stored already are not fetched twice."
  },
  "job.interrupted": {
    "retry": "after_user_acts",
    "sentence": "NjordHR was closed while this download was running.",
    "nextStep": "It goes on by itself once NjordHR is connected to the portal; nobody is fetched twice."
  },
  "job.paused": {
    "retry": "after_user_acts",
    "sentence": "This download is paused.",
    "nextStep": "Resume it when you want; it goes on where it was, and nobody is fetched twice."
  },
  "job.already-there": {
    "retry": "later",
    "sentence": "A download of these people is running or waiting already.",
    "nextStep": "Look at that one, and resume it if it is paused."
  },
  "job.nothing-to-retry": {
    "retry": "never",
    "sentence": "Nobody of this download failed, so there is nobody to fetch again.",
    "nextStep": "Start a new download to see who is new on the portal."
  },
  "job.not-active": {
    "retry": "never",
    "sentence": "This download is over already.",
    "nextStep": "Start a new one."
  },
  "command.unknown": {
    "retry": "after_user_acts",
    "sentence": "NjordHR on that computer is too old to know what it was asked to do.",
    "nextStep": "Update NjordHR there, or do it at that computer."
  },
  "command.expired": {
    "retry": "after_user_acts",
    "sentence": "The computer did not answer in time, so nothing was begun.",
    "nextStep": "Switch the computer on, open NjordHR there, and ask again."
  },
  "command.withdrawn": {
    "retry": "after_user_acts",
    "sentence": "The download was cancelled before the computer heard of it.",
    "nextStep": "Start it again when you want it."
  },
  "command.over": {
    "retry": "never",
    "sentence": "The computer has answered this already.",
    "nextStep": "Look at how things stand now, and ask again if you still want it."
  },
  "command.code-unreadable": {
    "retry": "after_user_acts",
    "sentence": "The computer could not read the code, which was sealed for an earlier run of NjordHR there.",
    "nextStep": "Type the code again; if it happens twice, have a new code sent."
  },
  "page.not-secure": {
    "retry": "after_user_acts",
    "sentence": "This page was not opened over https, so that the browser seals no code for the computer.",
    "nextStep": "Open the page by its https address, or type the code at the computer itself."
  },
  "login.not-kept": {
    "retry": "after_user_acts",
    "sentence": "That computer does not keep a portal login with its password.",
    "nextStep": "At that computer, log in to the portal once in NjordHR with \"Remember me here\" ticked. The password stays there."
  },
  "update.unreachable": {
    "retry": "later",
    "sentence": "The place where updates come from does not answer.",
    "nextStep": "Nothing is wrong with this computer. It is asked again by itself; check the internet connection if this stays for days."
  },
  "update.slow": {
    "retry": "later",
    "sentence": "The update came in so slowly that waiting for it made no sense.",
    "nextStep": "What arrived is kept, and it goes on from there later by itself."
  },
  "update.endless": {
    "retry": "later",
    "sentence": "The place where updates come from sent more than it should, so it was cut off.",
    "nextStep": "Nothing was changed here. It is asked again by itself; if this stays, give support the code."
  },
  "update.insecure-address": {
    "retry": "never",
    "sentence": "An update was to be fetched over a connection that others can read and change, so it was not.",
    "nextStep": "Nothing was changed here. Give support the code."
  },
  "update.interrupted": {
    "retry": "later",
    "sentence": "Fetching the update was paused.",
    "nextStep": "Go on with it whenever you like; what arrived is kept."
  },
  "update.metadata-invalid": {
    "retry": "later",
    "sentence": "The list of updates came in a form that cannot be read, so it was not believed.",
    "nextStep": "Nothing was changed here. It is asked again by itself; if this stays, give support the code."
  },
  "update.expired": {
    "retry": "later",
    "sentence": "The list of updates is signed, but its time has run out, so it is not believed any more.",
    "nextStep": "Nothing was changed here. Its makers must sign it again; if this stays for days, give support the code."
  },
  "update.frozen": {
    "retry": "later",
    "sentence": "It could not be confirmed that this is the newest list of updates: somebody may be holding back newer ones.",
    "nextStep": "Nothing was changed here. Try from another network; if it stays for days, give support the code."
  },
  "update.clock-behind": {
    "retry": "after_user_acts",
    "sentence": "The clock of this computer is behind the day of its last look for updates, so it cannot be told what is new.",
    "nextStep": "Set date and time of this computer right, then look for updates again."
  },
  "update.rollback": {
    "retry": "later",
    "sentence": "An older list of updates was sent than the one this computer has seen already, so it was refused.",
    "nextStep": "Nothing was changed here. Try from another network; if this stays, give support the code."
  },
  "update.mixed": {
    "retry": "later",
    "sentence": "Parts of the list of updates do not belong together, so none of it was believed.",
    "nextStep": "It is often a moment when a new version is just being published. It is asked again by itself."
  },
  "update.signature-invalid": {
    "retry": "never",
    "sentence": "The list of updates is not signed by the makers of NjordHR, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code; somebody may be trying to pass off a program as NjordHR."
  },
  "update.below-threshold": {
    "retry": "later",
    "sentence": "Fewer people have signed this update than must agree to it, so it was refused.",
    "nextStep": "Nothing was changed here. It is asked again by itself; if this stays, give support the code."
  },
  "update.key-revoked": {
    "retry": "never",
    "sentence": "This update is signed with a key that the makers of NjordHR have withdrawn, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code; the key may be in wrong hands."
  },
  "update.key-twice": {
    "retry": "never",
    "sentence": "One key was counted under two names to make up for a missing signature, so the update was refused.",
    "nextStep": "Nothing was changed here. Give support the code."
  },
  "update.root-broken": {
    "retry": "never",
    "sentence": "The new list of those who may sign updates does not follow from the one this computer knows, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code, or install NjordHR afresh from the official place."
  },
  "update.role-exceeded": {
    "retry": "never",
    "sentence": "A key that may only slow down or stop updates was used to offer one, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code; the key may be in wrong hands."
  },
  "update.list-missing": {
    "retry": "later",
    "sentence": "There is no list of updates for this kind of computer and this channel.",
    "nextStep": "Nothing is wrong with this computer. If another channel is chosen under Settings, choose the usual one."
  },
  "update.list-invalid": {
    "retry": "later",
    "sentence": "The list of updates holds something that NjordHR does not understand, so none of it was believed.",
    "nextStep": "Nothing was changed here. If this stays for days, install the newest version from the official place."
  },
  "update.hash-missing": {
    "retry": "never",
    "sentence": "An update came without the fingerprint it is checked by, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code."
  },
  "update.hash-wrong": {
    "retry": "later",
    "sentence": "What arrived is not what was signed: it was damaged on the way, or exchanged. It was thrown away.",
    "nextStep": "Nothing was changed here. It is fetched again by itself; if this stays, try from another network."
  },
  "update.release-unsigned": {
    "retry": "never",
    "sentence": "An update came without any signature, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code."
  },
  "update.release-signature": {
    "retry": "never",
    "sentence": "The signature of an update does not fit what it says, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code; somebody may have changed it after it was signed."
  },
  "update.wrong-app": {
    "retry": "never",
    "sentence": "The update that was offered is not one of NjordHR, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code."
  },
  "update.wrong-platform": {
    "retry": "never",
    "sentence": "The update that was offered is for another kind of computer, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code."
  },
  "update.wrong-channel": {
    "retry": "never",
    "sentence": "The update that was offered belongs to another channel than the one that is chosen here, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code."
  },
  "update.busy": {
    "retry": "later",
    "sentence": "NjordHR is looking for updates already, in another window or for another person on this computer.",
    "nextStep": "Wait a minute; it is tried again by itself."
  },
  "update.not-stored": {
    "retry": "after_user_acts",
    "sentence": "What is known of updates could not be written to the disk of this computer.",
    "nextStep": "See whether the disk is full; make room and look for updates again."
  },
  "update.not-your-turn": {
    "retry": "later",
    "sentence": "There is a new version, and it is going out to a few computers first. This one is not among them yet.",
    "nextStep": "You need not do anything. If you want it now, look for updates by hand."
  },
  "update.held-back": {
    "retry": "later",
    "sentence": "There is a new version, and its makers have paused it for now.",
    "nextStep": "You need not do anything; it is offered again when they go on."
  },
  "update.disabled": {
    "retry": "never",
    "sentence": "This version was withdrawn by its makers, so it is not installed.",
    "nextStep": "You need not do anything. A better one is offered as soon as there is one."
  },
  "update.no-longer-offered": {
    "retry": "never",
    "sentence": "This version is not offered any more, so what was fetched of it is not installed.",
    "nextStep": "You need not do anything. A newer one is offered by itself."
  },
  "update.step-missing": {
    "retry": "later",
    "sentence": "There is a new version, but this one is too old to go there at once, and the version between is not there yet.",
    "nextStep": "Wait for it, or install the newest version from the official place."
  },
  "update.records-differ": {
    "retry": "later",
    "sentence": "There is another version, but it cannot read the records as this computer keeps them.",
    "nextStep": "Nothing was changed here. If this stays, give support the code."
  },
  "update.failed-here": {
    "retry": "never",
    "sentence": "This version did not start properly on this computer before, so it is not tried again.",
    "nextStep": "You need not do anything; the next version is offered as usual. Support can see why with the code."
  },
  "update.not-ready": {
    "retry": "later",
    "sentence": "The new version cannot be started yet: it is not there whole, or another one is being tried.",
    "nextStep": "Check for updates again in Settings."
  },
  "update.did-not-start": {
    "retry": "never",
    "sentence": "The new version ended while it was starting, so NjordHR went back to the version before. Your records and settings are as they were.",
    "nextStep": "You can work as usual; the next version is offered by itself."
  },
  "update.no-report": {
    "retry": "never",
    "sentence": "The new version did not get ready within a minute, so NjordHR went back to the version before. Your records and settings are as they were.",
    "nextStep": "You can work as usual; the next version is offered by itself."
  },
  "update.check-failed": {
    "retry": "never",
    "sentence": "The new version found at its start that it does not work on this computer, so NjordHR went back to the version before. Your records and settings are as they were.",
    "nextStep": "You can work as usual; the next version is offered by itself."
  },
  "update.version-damaged": {
    "retry": "later",
    "sentence": "Files of the installed version are missing or damaged, so NjordHR started another that is whole.",
    "nextStep": "Check for updates in Settings, or install NjordHR again; your records and settings stay."
  },
  "update.path-unsafe": {
    "retry": "never",
    "sentence": "A file of the update was to be written to a place where it does not belong, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code."
  },
  "update.not-a-plain-file": {
    "retry": "never",
    "sentence": "The update holds something that is no plain file, such as a link, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code."
  },
  "update.too-large": {
    "retry": "never",
    "sentence": "The update would unpack to more than it may, so it was refused.",
    "nextStep": "Nothing was changed here. Give support the code."
  },
  "update.archive-damaged": {
    "retry": "later",
    "sentence": "The update cannot be unpacked: it is not put together as it was signed.",
    "nextStep": "Nothing was changed here. It is fetched again by itself; if this stays, give support the code."
  },
  "update.content-wrong": {
    "retry": "later",
    "sentence": "A file of the update is not what was signed, so none of it was taken.",
    "nextStep": "Nothing was changed here. It is fetched again by itself; if this stays, give support the code."
  },
  "update.base-changed": {
    "retry": "later",
    "sentence": "The files of NjordHR on this computer are not as they were installed, so the small update does not fit.",
    "nextStep": "You need not do anything; the whole version is fetched instead."
  },
  "update.build-unknown": {
    "retry": "never",
    "sentence": "It cannot be told which version of NjordHR this is, so it does not update itself.",
    "nextStep": "Install the newest version from the official place."
  },
  "update.code-signature-missing": {
    "retry": "later",
    "sentence": "The new version's program carries no signature of its publisher, so it was not installed.",
    "nextStep": "You need not do anything. Tell support if it happens again."
  },
  "update.code-signature-invalid": {
    "retry": "later",
    "sentence": "The publisher's signature of the new version's program is not good, so it was not installed.",
    "nextStep": "You need not do anything. Tell support if it happens again."
  },
  "update.code-signature-publisher": {
    "retry": "later",
    "sentence": "Somebody else than NjordHR's publisher signed the new version's program, so it was not installed.",
    "nextStep": "Tell support. Install nothing by hand that you were sent."
  },
  "update.code-signature-unchecked": {
    "retry": "later",
    "sentence": "This computer could not check the publisher's signature of the new version. It was not installed.",
    "nextStep": "It is tried again by itself. If it goes on, restart the computer."
  }
}
