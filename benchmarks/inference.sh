#!/usr/bin/env bash
# Images a second of reading alone, from memory, a reader a core, beside Keras where it is to be had.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/inference.sh [IMAGES]

Reads the test split of MNIST over and over, IMAGES a core (default 50000, a multiple of 10000), then
IMAGES with the same network in Keras, in batches of 128 and larger, one after the other on the same
machine, and prints Keras' best and its ratio to ours. No Spark, no scans: the network alone. Leave the
machine alone meanwhile. Takes some 3 minutes on 2 cores. Build first: mvn -DskipTests package

KERAS_PYTHON   a Python with keras and a backend; not measured if not set
END
}

case ${1:-} in
  -h | --help) usage && exit 0 ;;
esac
images=${1:-50000}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The greatest figure after a word.
best() {
  grep -oE "$1[\": ]+[0-9.]+" | grep -oE '[0-9.]+$' | sort -g | tail -n 1
}

# One OMP thread a reader, as submit/digits has it.
ours() {
  OMP_NUM_THREADS=1 "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -Dlog4j2.configurationFile="$home/conf/log4j2.properties" \
    -cp "$home/common/target/test-classes:$home/jobs/target/digit-recognizer-jobs.jar:$home/jobs/target/spark/jars/*" \
    org.digitrecognizer.inference.InferenceBenchmark "$home/data/mnist" "$images" "$(getconf _NPROCESSORS_ONLN)" |
    best images/s
}

peer() {
  "$1" "$home/benchmarks/peers/$2" "$work/raw" "$images" | best images/s
}

row() {
  awk -v name="$1" -v rate="$2" -v ours="$rate" \
    'BEGIN { printf "%-28s %10.0f %12.2f\n", name, rate, ours / rate }'
}

mkdir "$work/raw"
for file in "$home"/data/mnist/t10k*.gz; do
  gunzip -c "$file" >"$work/raw/$(basename "$file" .gz)"
done
rate=$(ours)
printf '%-28s %10s %12s\n' "reading" "images/s" "ours/theirs"
row "ours, a reader a core" "$rate"
if [ -n "${KERAS_PYTHON:-}" ]; then
  theirs=$(peer "$KERAS_PYTHON" keras_inference.py)
  row "Keras, its best batch" "$theirs"
fi
