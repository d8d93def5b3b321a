#!/usr/bin/env bash
# How sets of real scans, one digit each, are read.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/scans.sh MODEL SET.zip ...

Reads zips of scans whose names begin with the true digit, LABEL/LABEL_NUMBER.png, without Spark, and
prints of each set the share that is read right, rejects counted as wrong, and what was rejected. For
SET.zip also: clean (MNIST drawn as scans), paper (the same on drawn paper), blank (sheets without a
digit). Build first: mvn -DskipTests package

MODEL is a model directory that 'digits train' wrote.

SHEETS      a folder for contact sheets of what was rejected and misread: the scan beside what the
            network saw
END
}

case ${1:-} in
  -h | --help) usage && exit 0 ;;
esac
if [ $# -lt 2 ] || [ ! -f "$1/model.json" ]; then
  usage >&2
  exit 2
fi
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
arguments=()
for argument; do
  [ ! -e "$argument" ] || argument=$(readlink -f "$argument")
  arguments+=("$argument")
done
options=()
[ -z "${SHEETS:-}" ] || options+=("-Dsheets=$(readlink -f "$SHEETS")")
cd "$home/common" # MNIST is looked for in ../data/mnist.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -Djava.awt.headless=true ${options[@]+"${options[@]}"} \
  -Dlog4j2.configurationFile="$home/conf/log4j2.properties" \
  -cp "$home/common/target/test-classes:$home/jobs/target/digit-recognizer-jobs.jar:$home/jobs/target/spark/jars/*" \
  org.digitrecognizer.reading.ScanSetAccuracy "${arguments[@]}"
