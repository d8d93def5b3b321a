#!/usr/bin/env bash
# Numbers under a rule: how many a second, and how many a model reads without a person.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/numbers.sh [MODEL]

Draws numbers of 8 digits with ten probabilities a digit, finds the most probable number that each rule
allows (no rule, check digits, lists of 10,000 to 1,000,000 numbers), and prints numbers a second of one
thread. No images, no network. Takes half a minute.

With MODEL, a model directory: reads the 10,000 test digits of MNIST, deals them out 16 times as numbers
of 8 digits, with a Luhn check digit or on a list of 100,000, chooses the threshold without labels for 1
wrong number in 1,000, and prints how many numbers stand without a person and how many of these are
wrong. Takes a minute. Build first: mvn -DskipTests package
END
}

case ${1:-} in
  -h | --help) usage && exit 0 ;;
esac
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
if [ $# -gt 0 ]; then
  [ -f "$1/model.json" ] || { usage >&2 && exit 2; }
  model=$(cd "$1" && pwd -P)
  cd "$home/common" # MNIST is looked for in ../data/mnist.
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g \
    -Dlog4j2.configurationFile="$home/conf/log4j2.properties" \
    -cp "$home/common/target/test-classes:$home/jobs/target/digit-recognizer-jobs.jar:$home/jobs/target/spark/jars/*" \
    org.digitrecognizer.reading.NumberCellAccuracy "$model"
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g \
  -cp "$home/common/target/test-classes:$home/common/target/classes" org.digitrecognizer.number.NumberBenchmark
