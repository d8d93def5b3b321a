#!/usr/bin/env bash
# sums.sh FOLDER FILE WHAT: writes the SHA-256 of WHAT in FOLDER, a file or all files below it, into FOLDER/FILE, by name.
set -euo pipefail
cd "$1"
find "$3" -type f ! -path "./$2" | sed 's|^\./||' | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum >"../$2.new"
mv "../$2.new" "$2"
