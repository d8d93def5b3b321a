#!/usr/bin/env bash
# What a run that finds nothing new costs over an output of many nights, beside one of a single night.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/nights.sh MODEL [NIGHTS]

Scores one new scan a night, NIGHTS times (default 400), then, in turn, finds nothing new there and in
an output of one night, seven times each in one warm process, and prints both medians and their ratio.
The start of Spark is not in it. Some 15 minutes on 2 cores. Build first: mvn -DskipTests package

MODEL is a model directory that 'digits train' wrote. Leave the machine alone meanwhile.
END
}

case ${1:-} in
  -h | --help) usage && exit 0 ;;
esac
if [ $# -eq 0 ] || [ ! -f "$1/model.json" ]; then
  usage >&2
  exit 2
fi
model=$(cd "$1" && pwd -P)
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
opens=()
for package in java.lang java.lang.invoke java.nio java.util sun.nio.ch sun.security.action sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
cd "$home/jobs"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g "${opens[@]}" \
  -Dlog4j2.configurationFile="$home/conf/log4j2.properties" \
  -cp "$home/jobs/target/test-classes:$home/common/target/test-classes:$home/jobs/target/digit-recognizer-jobs.jar:$home/jobs/target/spark/jars/*" \
  org.digitrecognizer.jobs.score.NightsBenchmark "$model" "${2:-400}"
