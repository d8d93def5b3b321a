#!/usr/bin/env bash
# Whether the threshold that a fair sample of labels chooses keeps its promise.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/calibration.sh MODEL SET.zip [TARGET LABELS DRAWS]

Reads a zip of scans whose names begin with the true digit, LABEL/anything.png, without Spark, draws
LABELS (1000) of them by lot DRAWS (200) times, lets them choose the threshold that is to keep TARGET
(0.02), and prints in how many draws more of what is accepted among the rest is wrong, and how much is
accepted. Build first: mvn -DskipTests package

MODEL is a model directory that 'digits train' wrote.
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
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -Djava.awt.headless=true \
  -Dlog4j2.configurationFile="$home/conf/log4j2.properties" \
  -cp "$home/common/target/test-classes:$home/jobs/target/digit-recognizer-jobs.jar:$home/jobs/target/spark/jars/*" \
  org.digitrecognizer.reading.CalibrationBenchmark "$1" "$2" "${3:-0.02}" "${4:-1000}" "${5:-200}"
