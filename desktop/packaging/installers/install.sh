#!/bin/sh
# Install NjordHR for the person who runs this. Options: --cloud ADDRESS, --no-start-at-login, --no-start.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
version=$(cat "$here/VERSION")
root="$HOME/.local/opt/njordhr"
share="${XDG_DATA_HOME:-$HOME/.local/share}"
start=yes
for option in "$@"; do
    shift
    if [ "$option" = "--no-start" ]; then start=no; else set -- "$@" "$option"; fi
done

if [ "$(id -u)" = 0 ] && [ -n "${SUDO_USER:-}" ]; then
    echo "Start this as yourself, without sudo: NjordHR is installed for one person." >&2
    exit 2
fi
if [ -x "$root/launcher/njordhr-launcher" ]; then
    "$root/launcher/njordhr-launcher" --end-running || exit $?
fi

# A version is put together aside and appears in one step.
mkdir -p "$root/staging" "$root/versions" "$root/launcher"
rm -rf "$root/staging/installer" "$root/staging/replaced" "$root/staging/replaced.json"
cp -R "$here/versions/$version" "$root/staging/installer"
if [ -e "$root/versions/$version" ]; then
    mv "$root/versions/$version" "$root/staging/replaced"
fi
if [ -e "$root/lists/$version.json" ]; then
    mv "$root/lists/$version.json" "$root/staging/replaced.json"
fi
sync
mv "$root/staging/installer" "$root/versions/$version"
cp -R "$here/launcher/." "$root/launcher/"
cp "$here/uninstall.sh" "$root/uninstall.sh"

mkdir -p "$share/applications" "$share/icons"
cp -R "$here/icons/." "$share/icons/hicolor/" 2>/dev/null || {
    mkdir -p "$share/icons/hicolor"
    cp -R "$here/icons/." "$share/icons/hicolor/"
}
quoted=$(printf '%s' "$root/launcher/njordhr-launcher" | sed -e 's/\\/\\\\\\\\/g' -e 's/["`$]/\\\\&/g' -e 's/%/%%/g')
cat > "$share/applications/njordhr.desktop" <<ENTRY
[Desktop Entry]
Type=Application
Version=1.5
Name=NjordHR
Comment=Downloads resumes and follows each person to the handoff
Exec="$quoted"
Icon=njordhr
Terminal=false
Categories=Office;Network;
Keywords=resume;recruiting;crew;
StartupWMClass=njordhr
ENTRY

code=0
"$root/versions/$version/njordhr" --installed "$@" || code=$?
if [ "$code" = 3 ]; then
    # A newer version is there and is left; what is here may be the one that it goes back to.
    rm -rf "$root/versions/$version"
    if [ -e "$root/staging/replaced" ]; then
        mv "$root/staging/replaced" "$root/versions/$version"
    fi
    if [ -e "$root/staging/replaced.json" ]; then
        mv "$root/staging/replaced.json" "$root/lists/$version.json"
    fi
    exit 3
fi
rm -rf "$root/staging/replaced" "$root/staging/replaced.json"
[ "$code" = 0 ] || exit "$code"
echo "To remove it: $root/uninstall.sh"
if [ "$start" = yes ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    (setsid "$root/launcher/njordhr-launcher" </dev/null >/dev/null 2>&1 &)
fi
