#!/usr/bin/env bash
# How training and scoring grow with cores: in one process, and on executors of a standalone cluster of this machine.
# No set -u: the bash of macOS takes an empty array for one that is not set.
set -eo pipefail

# shellcheck source=submit/common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

usage() {
  cat <<'END'
Usage: submit/benchmark.sh [--epochs N] [--images N] [--source DIR] [--output FILE]

Trains and scores with local[1] and local[2], then on a cluster of its own (submit/cluster) with one
executor and with two, of a core each. Writes images a second, and their ratios to local[1], as a table.
Takes some 20 minutes on 2 cores; leave the machine alone meanwhile. Build first:
mvn -DskipTests package

  --epochs N      Epochs of each training; the fastest counts. Default: 2.
  --images N      Scans to score. Default: 20000.
  --source DIR    IDX files to train on. Default: data/mnist.
  --output FILE   Default: benchmarks/cluster.md.
END
}

parse_options() {
  epochs=2
  images=20000
  source=$home/data/mnist
  output=$home/benchmarks/cluster.md
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage && exit 0 ;;
      --epochs | --images | --source | --output)
        [ -n "${2-}" ] || fail "$1 needs a value; see submit/benchmark.sh --help" 2
        printf -v "${1#--}" %s "$2"
        shift
        ;;
      *) fail "no option $1; see submit/benchmark.sh --help" 2 ;;
    esac
    shift
  done
}

prepare() {
  work=$(mktemp -d)
  trap clean_up EXIT
  "$home/submit/digits" ingest --source "file:$source" --output "file:$work/dataset" >"$work/log"
  "$home/submit/digits" samples --source "file:$source" --output "file:$work/scans" \
    --images "$images" --min-size 28 --max-size 64 >"$work/log"
}

clean_up() {
  "$home/submit/cluster" stop --dir "$work/cluster" || true
  rm -rf "$work"
}

# The greatest speed of an epoch.
trained() {
  grep -oE '"imagesPerSecond"[ :]+[0-9.]+' "$1/history.jsonl" | grep -oE '[0-9.]+$' | sort -g | tail -n 1
}

# The sum of a figure over the records of the output's chunks.
committed() {
  grep -ohE "\"$2\"[ :]+[0-9.eE+-]+" "$1"/_commits/batch=*/chunk=*.json | awk -F '[ :]+' '{ sum += $2 } END { print sum }'
}

# A name and spark-submit options: a line of name, images/s of training, images/s of scoring.
measure() {
  local name=$1 out
  shift
  out=$work/${name//[^a-z0-9]/-}
  "$home/submit/digits" train --data "file:$work/dataset" --model "file:$out/model" --epochs "$epochs" \
    --validation-fraction 0 -- "$@" >"$work/log"
  "$home/submit/digits" score --archives "file:$work/scans/digits.zip" --model "file:$out/model" \
    --output "file:$out/scores" -- "$@" >"$work/log"
  echo "$name $(trained "$out/model") $(committed "$out/scores" found) $(committed "$out/scores" seconds)"
}

measure_all() {
  local master
  measure 'local[1]' --master 'local[1]'
  measure 'local[2]' --master 'local[2]'
  master=$("$home/submit/cluster" start --port 0 --workers 2 --dir "$work/cluster" | sed -n 's/.*--master //p')
  measure '1_executor' --master "$master" --total-executor-cores 1
  measure '2_executors' --master "$master" --total-executor-cores 2
}

table() {
  echo "# Training and scoring on one core and on two"
  echo
  echo "Measured by \`submit/benchmark.sh\` in one run, on $(date -u +%Y-%m-%d), on $(getconf _NPROCESSORS_ONLN) cores."
  echo "An executor is a process of a standalone cluster on the same machine, with one core."
  echo
  echo "| | training, images/s | to local[1] | scoring, images/s | to local[1] |"
  echo "|---|---|---|---|---|"
  awk '{ gsub("_", " ", $1); score = $3 / $4
    if (NR == 1) { train1 = $2; score1 = score }
    printf "| %s | %.0f | %.2f | %.0f | %.2f |\n", $1, $2, $2 / train1, score, score / score1 }' "$work/measured"
}

parse_options "$@"
prepare
measure_all | tee "$work/measured" | awk '{ gsub("_", " ", $1); print $1 " is measured" }'
table >"$output"
cat "$output"
