#!/usr/bin/env bash
# Numbers a second under a rule, on one core, from digits that were read before.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/numbers.sh

Draws numbers of 8 digits with ten probabilities a digit, finds the most probable number that each rule
allows (no rule, check digits, lists of 10,000 to 1,000,000 numbers), and prints numbers a second of one
thread. No images, no network. Takes half a minute. Build first: mvn -DskipTests package
END
}

case ${1:-} in
  -h | --help) usage && exit 0 ;;
esac
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g \
  -cp "$home/common/target/test-classes:$home/common/target/classes" org.digitrecognizer.number.NumberBenchmark
