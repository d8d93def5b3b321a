# shellcheck shell=bash
# What digits and quickstart.sh share: where home is, how they fail, which Java they take.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
program=$(basename "$(readlink -f "${BASH_SOURCE[1]}")" .sh)

# Ends with one line on stderr; status 1, or the second argument.
fail() {
  echo "$program: $1" >&2
  exit "${2:-1}"
}

find_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  local version
  version=$("$java" -version 2>&1 | sed -n -E 's/.* version "([0-9][^"]*)".*/\1/p' | head -n 1) || true
  [ -n "$version" ] || fail "no Java found: install JDK 17, or let JAVA_HOME name one"
  [ "${version%%[!0-9]*}" -ge 17 ] || fail "Java $version is too old: install JDK 17, or let JAVA_HOME name one"
}
