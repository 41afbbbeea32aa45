#!/bin/sh
# Remove NjordHR of the person who runs this. Resumes stay. Options: --remove-records, --keep-records (no question).
set -eu

root="$HOME/.local/opt/njordhr"
share="${XDG_DATA_HOME:-$HOME/.local/share}"
records=${1:-ask}
if [ "$records" = ask ] && [ -t 0 ]; then
    echo "Remove what NjordHR remembers on this computer too: its settings, its list of downloads, its logins and"
    printf 'its log? Your resumes stay in any case. [y/N] '
    read -r answer
    case "$answer" in [yY]*) records=--remove-records ;; esac
fi

if [ -x "$root/launcher/njordhr-launcher" ]; then
    code=0
    if [ "$records" = --remove-records ]; then
        "$root/launcher/njordhr-launcher" --uninstalling --remove-records || code=$?
    else
        "$root/launcher/njordhr-launcher" --uninstalling || code=$?
    fi
    [ "$code" != 4 ] || exit 4
fi

# Only what is NjordHR's own by name: the folders may hold something else.
for own in launcher versions staging lists tuf downloads probation; do rm -rf "${root:?}/$own"; done
rm -f "$root/state.json" "$root/journal.jsonl" "$root/uninstall.sh" "$root"/*.lock
rm -f "$share/applications/njordhr.desktop"
rm -f "$share"/icons/hicolor/*/apps/njordhr.png "$share/icons/hicolor/scalable/apps/njordhr.svg"
rm -f "${XDG_CONFIG_HOME:-$HOME/.config}/autostart/njordhr.desktop"
rmdir "$root" 2>/dev/null || true
echo "NjordHR was removed. Your resumes are where they were."
