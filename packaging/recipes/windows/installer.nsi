; The installer for Windows: for one user, without administrator, silent with /S.
; makensis -DVERSION=1.2.3 -DBUNDLE=path\to\bundle -DOUT=setup.exe installer.nsi
; https://nsis.sourceforge.io/Docs/
Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
Name "WriteTex"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\WriteTex"
InstallDirRegKey HKCU "Software\WriteTex" "InstallDir"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "WriteTex"
VIAddVersionKey "FileDescription" "Installs WriteTex"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!include "MUI2.nsh"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\writetex-desktop.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "German"

!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\WriteTex"

Section
  ; What was there before is taken away whole, so that no file of an older version stays beside the new ones.
  RMDir /r "$INSTDIR\lib"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\WriteTex.lnk" "$INSTDIR\writetex-desktop.exe"
  WriteRegStr HKCU "Software\WriteTex" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "WriteTex"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "Publisher" "WriteTex Desktop maintainers"
  WriteRegStr HKCU "${ENTRY}" "DisplayIcon" "$INSTDIR\writetex-desktop.exe"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  ; Settings and history are the user's and stay; the login item would start nothing.
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "WriteTex"
  Delete "$SMPROGRAMS\WriteTex.lnk"
  RMDir /r "$INSTDIR\lib"
  Delete "$INSTDIR\writetex.exe"
  Delete "$INSTDIR\writetex-desktop.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${ENTRY}"
  DeleteRegKey HKCU "Software\WriteTex"
SectionEnd
