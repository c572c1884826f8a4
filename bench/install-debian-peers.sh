#!/bin/sh
# Xapian and PostgreSQL come from Debian; without them the comparison runs with the other peers.
missing=""
[ -d /usr/lib/python3/dist-packages/xapian ] || missing="$missing python3-xapian"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v wrk >/dev/null 2>&1 || missing="$missing wrk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    apt-get update -qq && apt-get install -y -qq $missing >/dev/null && exit 0
fi
echo "Not installed, so left out of the comparison:$missing"
exit 0
