#!/bin/sh
# Run a command in a session of its own: a private bus, an unlocked throw-away keyring and
# empty folders, so that tests meet a real Secret Service and never a person's own data.
set -eu

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -m 700 "$home/data" "$home/config" "$home/cache" "$home/state" "$home/run"
export XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache"
export XDG_STATE_HOME="$home/state" XDG_RUNTIME_DIR="$home/run"
export PARLEY_THROWAWAY_KEYRING=1 # tests that write secrets look for this

dbus-run-session -- sh -c '
  printf %s parley-tests | gnome-keyring-daemon --unlock --components=secrets >/dev/null
  # Asked before it owns its name, the bus would start another one, which nobody has unlocked.
  until dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true; do
    sleep 0.05
  done
  exec "$@"' sh "$@"
