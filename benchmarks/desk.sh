#!/usr/bin/env bash
# What a desk of many items costs the machine that writes it, and the person who works at it.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/desk.sh MODEL [FEW [MANY]]

Draws FEW and MANY scans (default 10000 and 100000), scores each with two cores and a heap of 1 GB so
that all of it is left to people, and then has the desk written anew without reading anything
(--double-key). Prints, of the second run, its seconds from before Spark starts, the most memory that
the process had at once and the most that was left of its heap after a collection, and how these
compare with FEW.

Then, in a headless Chromium: how long a page of 500 takes to open; 1,000 digits one by one, a key of
0.6 s each (which nobody waits for) and the page's own time; and how many actions each wrong digit
takes by carpet, where the pages show what is below the threshold of the FEW scans. Linux only.

MODEL is a model directory that 'digits train' wrote. Leave the machine alone meanwhile. Build first:
mvn -DskipTests package

WORK    a folder for scans and outputs, which are kept and not made again; default: a new one, deleted
        at the end
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
few=${2:-10000} many=${3:-100000}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
temporary=$(mktemp -d)
job=
trap '[ -z "$job" ] || kill "$job"; rm -rf "$temporary"' EXIT
work=${WORK:-$temporary}
mkdir -p "$work"
work=$(cd "$work" && pwd -P)

# IMAGES: draws so many scans, if they are not there.
draw() {
  [ -e "$work/scans-$1/labels.csv" ] ||
    "$home/submit/digits" samples --source "file:$home/data/mnist" --output "file:$work/scans-$1" \
      --images "$1" --archive zip --min-size 28 --max-size 64 --overwrite >"$temporary/log"
}

# IMAGES OUTPUT TARGET-ERROR [OPTION]: scores the scans, $seconds long, with $resident kB at most at once.
score() {
  local images=$1 output=$2 target=$3 start
  shift 3
  start=$(date +%s.%N)
  "$home/submit/digits" score --archives "file:$work/scans-$images/digits.zip" --model "file:$model" \
    --output "file:$work/$output" --target-error "$target" --audit 0 "$@" \
    -- --master 'local[2]' --driver-memory 1g --driver-java-options "-Xlog:gc:file=$temporary/gc.log" >"$temporary/log" &
  job=$!
  watch_memory "$job"
  wait "$job" || { job= && exit 1; }
  job=
  seconds=$(date +%s.%N | awk -v start="$start" '{ print $1 - start }')
}

# The launcher becomes the job's process; the system keeps the most that it had.
watch_memory() {
  local now
  resident=0
  while now=$(awk '/^VmHWM:/ { print $2 }' "/proc/$1/status" 2>/dev/null) && [ -n "$now" ]; do
    resident=$now
    sleep 0.5
  done
}

# The most of a heap in MB that was left after a collection, of a JVM's log of them.
left_after_collection() {
  grep -oE -- '->[0-9]+M' "$1" | tr -d '>M-' | sort -n | tail -n 1
}

# IMAGES: a row.
desk_row() {
  draw "$1"
  [ -e "$work/all-$1/report/metrics.json" ] || score "$1" "all-$1" 0
  rm -rf "$work/double-$1"
  cp -r "$work/all-$1" "$work/double-$1"
  score "$1" "double-$1" 0 --double-key
  awk -v name="a desk of $1" -v resident="$resident" -v heap="$(left_after_collection "$temporary/gc.log")" \
    -v s="$seconds" 'BEGIN { printf "%-28s %12.1f %14.0f %10.0f\n", name, s, resident / 1024, heap }'
}

printf '%-28s %12s %14s %10s\n' "writing, heap of 1 GB" "seconds" "resident, MB" "heap, MB"
row_of_few=$(desk_row "$few")
row_of_many=$(desk_row "$many")
printf '%s\n%s\n' "$row_of_few" "$row_of_many"
awk '{ for (i = 5; i <= 7; i++) { if (NR == 2) ratio[i] = $i / few[i]; few[i] = $i } }
  END { printf "%-28s %12.2f %14.2f %10.2f\n", "many / few", ratio[5], ratio[6], ratio[7] }' \
  <<<"$row_of_few"$'\n'"$row_of_many"

[ -e "$work/unsure-$few/report/metrics.json" ] || score "$few" "unsure-$few" 0.001
# The browser's driver is in no jar of ours.
mvn -q -f "$home/pom.xml" -pl jobs -am test-compile dependency:build-classpath -Dmdep.outputFile="$temporary/classpath" \
  -Dmdep.includeScope=test
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -cp "$home/jobs/target/test-classes:$(cat "$temporary/classpath")" \
  org.digitrecognizer.jobs.score.DeskBenchmark "$work/all-$many" "$work/unsure-$few" "$work/scans-$few/labels.csv"
