#!/usr/bin/env bash
# Scans a second of scoring an archive, Spark and all included; or the memory that an archive of many entries takes.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/scoring.sh MODEL [IMAGES]
       benchmarks/scoring.sh --memory MODEL [FEW [MANY]]

Draws a zip of IMAGES PNG scans of 28 to 64 pixels (default 100000) and scores it with one core and
with two, each twice, into a new output. Prints the whole run, from before Spark starts until the report
is written, and of another in five chunks what reading came to from the second of them on, when all is
warm, by the records of the chunks. Beside it, where PEER_PYTHON is set, the same network reads the same
scans in a script of OpenCV and ONNX Runtime, in as many processes, from before Python starts until its
list is written.

With --memory: draws FEW and MANY scans of 28 pixels (default 100000 and 1000000), in a zip and in a
tar each, scores each with two cores and a heap of 1 GB, and prints the most memory that the process
had at once, the most that was left of its heap after a collection, seconds for 100,000 scans in the
whole run, and how these compare with FEW. Linux only.

MODEL is a model directory that 'digits train' wrote. Leave the machine alone meanwhile. Build first:
mvn -DskipTests package

PEER_PYTHON   a Python with numpy, opencv and onnxruntime; the script is not measured if not set
SCANS   a folder for the scans, which are drawn if they are not there; default: a new one, deleted
        at the end. A million scans take 2 GB and some minutes to draw.
END
}

memory=false
case ${1:-} in
  -h | --help) usage && exit 0 ;;
  --memory) memory=true && shift ;;
esac
if [ $# -eq 0 ] || [ ! -f "$1/model.json" ]; then
  usage >&2
  exit 2
fi
model=$(cd "$1" && pwd -P)
shift
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
job=
trap '[ -z "$job" ] || kill "$job"; rm -rf "$work"' EXIT
scans=${SCANS:-$work/scans}
mkdir -p "$scans"
scans=$(cd "$scans" && pwd -P)

# IMAGES KIND LARGEST: prints the archive.
draw() {
  local folder=$scans/$1-$2-28-$3
  if [ ! -e "$folder/labels.csv" ]; then
    "$home/submit/digits" samples --source "file:$home/data/mnist" --output "file:$folder" \
      --images "$1" --archive "$2" --min-size 28 --max-size "$3" --overwrite >"$work/log"
  fi
  echo "$folder/digits.$2"
}

# ARCHIVE CORES CHUNK [spark-submit options]: scores into $work/output, $seconds long, with $resident kB at most at once.
score() {
  local archive=$1 cores=$2 chunk=$3 start
  shift 3
  rm -rf "$work/output"
  start=$(date +%s.%N)
  "$home/submit/digits" score --archives "file:$archive" --model "file:$model" \
    --output "file:$work/output" --chunk-images "$chunk" -- --master "local[$cores]" "$@" >"$work/log" &
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

# The sum of a figure over the records of the output's chunks but the first.
committed() {
  find "$work/output/_commits" -name 'chunk=*.json' ! -name 'chunk=0.json' \
    -exec grep -ohE "\"$1\"[ :]+[0-9.eE+-]+" {} + | awk -F '[ :]+' '{ sum += $2 } END { print sum }'
}

# ARCHIVE PROCESSES: reads it with the peer, $seconds long.
peer() {
  local start
  start=$(date +%s.%N)
  "$PEER_PYTHON" "$home/benchmarks/peers/opencv_scoring.py" "$1" "$work/model.onnx" "$work/peer.csv" "$2" >"$work/peer.log"
  seconds=$(date +%s.%N | awk -v start="$start" '{ print $1 - start }')
}

# NAME IMAGES WARM SECONDS [THEIRS]: a row; what is warm and the whole run over the peer's seconds, if these are known.
speed_row() {
  awk -v name="$1" -v n="$2" -v warm="$3" -v s="$4" -v theirs="${5:-0}" 'BEGIN {
    printf("%-28s %12s %12.0f %12.1f", name, (warm > 0 ? sprintf("%.0f", warm) : "-"), n / s, s)
    if (theirs > 0) printf(" %14s %14.2f", (warm > 0 ? sprintf("%.2f", warm * theirs / n) : "-"), theirs / s)
    print ""
  }'
}

speed() {
  local archive cores n=${1:-100000} theirs warm
  archive=$(draw "$n" zip 64)
  [ -z "${PEER_PYTHON:-}" ] ||
    "$home/submit/digits" export-onnx --model "file:$model" --output "file:$work/model.onnx" >"$work/log"
  printf '%-28s %12s %12s %12s %14s %14s\n' "scoring $n scans" "warm, /s" "whole run, /s" "whole run, s" "warm / theirs" "whole / theirs"
  for cores in 1 2; do
    theirs=
    if [ -n "${PEER_PYTHON:-}" ]; then
      peer "$archive" "$cores"
      theirs=$seconds
      speed_row "script, $cores processes" "$n" 0 "$theirs"
    fi
    score "$archive" "$cores" "$((n / 5 + 1))"
    warm=$(committed found | awk -v s="$(committed seconds)" '{ print $1 / s }')
    score "$archive" "$cores" 100000
    speed_row "local[$cores]" "$n" "$warm" "$seconds" "$theirs"
  done
}

# The most of a heap in MB that was left after a collection, of a JVM's log of them.
left_after_collection() {
  grep -oE -- '->[0-9]+M' "$1" | tr -d '>M-' | sort -n | tail -n 1
}

memory_row() {
  local archive name="$2 of $1 scans"
  archive=$(draw "$1" "$2" 28)
  score "$archive" 2 100000 --driver-memory 1g --driver-java-options "-Xlog:gc:file=$work/gc.log"
  awk -v name="$name" -v n="$1" -v resident="$resident" -v heap="$(left_after_collection "$work/gc.log")" \
    -v s="$seconds" 'BEGIN { printf "%-28s %12.0f %10.0f %12.1f\n", name, resident / 1024, heap, s * 100000 / n }'
}

memory() {
  local kind few many
  printf '%-28s %12s %10s %12s\n' "scoring, heap of 1 GB" "resident, MB" "heap, MB" "s/100000"
  for kind in zip tar; do
    few=$(memory_row "${1:-100000}" "$kind")
    many=$(memory_row "${2:-1000000}" "$kind")
    printf '%s\n%s\n' "$few" "$many"
    awk -v kind="$kind" '{ for (i = 5; i <= 7; i++) { if (NR == 2) ratio[i] = $i / few[i]; few[i] = $i } }
      END { printf "%-28s %12.2f %10.2f %12.2f\n", kind ", many / few", ratio[5], ratio[6], ratio[7] }' \
      <<<"$few"$'\n'"$many"
  done
}

if $memory; then
  memory "$@"
else
  speed "$@"
fi
