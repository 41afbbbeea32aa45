; The installer for Windows: for one person, without an administrator. `nsis.py` gives the definitions:
; VERSION, KILOBYTES, BUNDLE, LAUNCHER, STATE, ICON, OUT, and SIGNING (a file that signs the uninstaller).

Target amd64-unicode
ManifestSupportedOS Win10
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off
CRCCheck force

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include "${SIGNING}"

!define PROGRAM "$INSTDIR\versions\${VERSION}\njordhr.exe"
!define START "$INSTDIR\launcher\njordhr-launcher.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\NjordHR"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define NEWER_IS_THERE 3
!define STILL_RUNNING 4

Name "NjordHR"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\NjordHR"
BrandingText "NjordHR ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "NjordHR"
VIAddVersionKey "CompanyName" "NjordHR"
VIAddVersionKey "FileDescription" "Installs NjordHR"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Copyright the NjordHR authors"

Var Words
Var Options

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEPAGE_TITLE "Install NjordHR ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "NjordHR downloads resumes from the job portal into a folder of this computer, and \
follows each person on your office's dashboard.$\r$\n$\r$\nIt is installed for you alone; no administrator is \
needed. If NjordHR is open, it is closed first: a download that runs goes on when NjordHR is started again."
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_COMPONENTSPAGE_TEXT_TOP "Choose whether NjordHR starts, hidden, when you log in, so that downloads that \
your office asks for can begin. You can change this later under Settings."
!define MUI_COMPONENTSPAGE_TEXT_COMPLIST " "
!define MUI_FINISHPAGE_TITLE "NjordHR ${VERSION} is installed"
!define MUI_FINISHPAGE_TEXT "$Words"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_RUN "${START}"
!define MUI_FINISHPAGE_RUN_TEXT "Start NjordHR"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "NjordHR is removed from this computer. Your resumes stay where they are."

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Read what the program said, a line each, into the log of the installer and into $Words.
!macro READ_WORDS un
Function ${un}ReadWords
  StrCpy $Words ""
  ClearErrors
  FileOpen $1 "$PLUGINSDIR\words.txt" r
  ${IfNot} ${Errors}
    ${Do}
      FileRead $1 $2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      DetailPrint "$2"
      StrCpy $Words "$Words$2$\r$\n"
    ${Loop}
    FileClose $1
  ${EndIf}
FunctionEnd
!macroend
!insertmacro READ_WORDS ""
!insertmacro READ_WORDS "un."

Function .onInit
  InitPluginsDir
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "NjordHR needs Windows 10 or newer." /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
FunctionEnd

Section "NjordHR" Main
  SectionIn RO
  ${If} ${FileExists} "${START}"
    DetailPrint "Closing NjordHR, if it is open"
    ExecWait '"${START}" --end-running' $0
    ${If} $0 == ${STILL_RUNNING}
      MessageBox MB_OK|MB_ICONSTOP "NjordHR is open and could not be closed. Choose Quit in its File menu, then \
start this installer again." /SD IDOK
      SetErrorLevel ${STILL_RUNNING}
      Abort "NjordHR is still open. Nothing was changed."
    ${EndIf}
  ${EndIf}

  ; A version is put together aside and appears in one step.
  RMDir /r "$INSTDIR\staging\installer"
  SetOutPath "$INSTDIR\staging\installer"
  File /r "${BUNDLE}/*"
  SetOutPath "$INSTDIR\launcher"
  File /r "${LAUNCHER}/*"
  File "/oname=njordhr.ico" "${ICON}"
  SetOutPath "$INSTDIR"
  CreateDirectory "$INSTDIR\versions"
  ${If} ${FileExists} "$INSTDIR\versions\${VERSION}\*.*"
    RMDir /r "$INSTDIR\staging\replaced"
    Rename "$INSTDIR\versions\${VERSION}" "$INSTDIR\staging\replaced"
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\staging\installer" "$INSTDIR\versions\${VERSION}"
  ${If} ${Errors}
    SetErrorLevel 2
    Abort "NjordHR's files could not be put into place. Restart the computer and start this installer again."
  ${EndIf}
  Delete "$INSTDIR\lists\${VERSION}.json"
  RMDir /r "$INSTDIR\staging\replaced"
SectionEnd

Section "Start NjordHR when I log in" AtLogin
SectionEnd

Section -Finish
  ${GetParameters} $1
  StrCpy $Options "--words $\"$PLUGINSDIR\words.txt$\""
  ClearErrors
  ${GetOptions} $1 "/CLOUD=" $2
  ${IfNot} ${Errors}
    StrCpy $Options "$Options --cloud $\"$2$\""
  ${EndIf}
  ClearErrors
  ${GetOptions} $1 "/NOLOGIN" $2
  StrCpy $3 "yes"
  ${IfNot} ${Errors}
    StrCpy $3 "no"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${AtLogin}
    StrCpy $3 "no"
  ${EndIf}
  ${If} $3 == "no"
    StrCpy $Options "$Options --no-start-at-login"
  ${EndIf}
  DetailPrint "Setting NjordHR up and trying the connection"
  ClearErrors
  ExecWait '"${PROGRAM}" --installed $Options' $0
  Call ReadWords
  ${If} $0 == ${NEWER_IS_THERE}
    RMDir /r "$INSTDIR\versions\${VERSION}"
    MessageBox MB_OK|MB_ICONSTOP "$Words" /SD IDOK
    SetErrorLevel ${NEWER_IS_THERE}
    Abort "A newer NjordHR is installed. It was left as it is."
  ${EndIf}
  ${If} $Words == ""
    StrCpy $Words "NjordHR is installed. Start it and connect it to your office under Settings."
  ${EndIf}
  ${IfNot} ${FileExists} "$INSTDIR\state.json"
    File "/oname=state.json" "${STATE}"
  ${EndIf}

  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\NjordHR.lnk" "${START}" "" "$INSTDIR\launcher\njordhr.ico"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "NjordHR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\launcher\njordhr.ico"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "NjordHR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" "$\"$INSTDIR\uninstall.exe$\""
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" "$\"$INSTDIR\uninstall.exe$\" /S"
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1

  ${If} ${Silent}
    ClearErrors
    ${GetParameters} $1
    ${GetOptions} $1 "/NOSTART" $2
    ${If} ${Errors}
      Exec '"${START}" --hidden'
    ${EndIf}
  ${EndIf}
SectionEnd

Function un.onInit
  InitPluginsDir
FunctionEnd

Section "Uninstall"
  StrCpy $Options ""
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/RECORDS=" $2
  ${If} $2 == "remove"
    StrCpy $Options "--remove-records"
  ${ElseIf} ${Cmd} `MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Remove what NjordHR remembers on this computer \
too: its settings, its list of downloads, its logins and its log?$\r$\n$\r$\nYour resumes stay in any case. Choose No \
if you mean to install NjordHR again." /SD IDNO IDYES`
    StrCpy $Options "--remove-records"
  ${EndIf}
  DetailPrint "Closing NjordHR, if it is open"
  ExecWait '"${START}" --uninstalling $Options --words "$PLUGINSDIR\words.txt"' $0
  Call un.ReadWords
  ${If} $0 == ${STILL_RUNNING}
    MessageBox MB_OK|MB_ICONSTOP "NjordHR is open and could not be closed. Choose Quit in its File menu, then \
uninstall it again." /SD IDOK
    SetErrorLevel ${STILL_RUNNING}
    Abort "NjordHR is still open. Nothing was removed."
  ${EndIf}

  ; Only what is NjordHR's own by name: the folder may hold something else.
  RMDir /r "$INSTDIR\launcher"
  RMDir /r "$INSTDIR\versions"
  RMDir /r "$INSTDIR\staging"
  RMDir /r "$INSTDIR\lists"
  RMDir /r "$INSTDIR\tuf"
  RMDir /r "$INSTDIR\downloads"
  RMDir /r "$INSTDIR\probation"
  Delete "$INSTDIR\state.json"
  Delete "$INSTDIR\state.lock"
  Delete "$INSTDIR\*.lock"
  Delete "$INSTDIR\journal.jsonl"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\NjordHR.lnk"
  DeleteRegValue HKCU "${RUN_KEY}" "NjordHR"
  DeleteRegValue HKCU "${APPROVED_KEY}" "NjordHR"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
