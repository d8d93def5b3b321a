#!/usr/bin/env bash
# How training and scoring grow with cores: in one process, and on executors of a standalone cluster of this machine; and
# what an averaging of parameters costs there.
# No set -u: the bash of macOS takes an empty array for one that is not set.
set -eo pipefail

# shellcheck source=submit/common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

# Minibatches between two averagings of the trainings that show what one costs, and images a minibatch.
readonly OFTEN=5 RARELY=50 BATCH=128
# Chunks of scoring that do not count, and scans a chunk at most.
readonly WARM_UP_CHUNKS=2 CHUNK=50000

usage() {
  cat <<'END'
Usage: submit/benchmark.sh [--epochs N] [--images N] [--source DIR] [--output FILE] [--skip-averaging]

Trains and scores with local[1] and local[2], scores with two of local[1] at once, then trains and scores
on a cluster of its own (submit/cluster) with one executor and with two, of a core each. Writes images a
second, their ratios to local[1], and what two executors and two processes are to twice one, as a table;
and in another the seconds and bytes of an averaging round, from trainings that average often and rarely.
Takes an hour or so on 2 cores, 22 minutes with --epochs 1 --images 300000 --skip-averaging; leave the
machine alone meanwhile. Build first: mvn -DskipTests package

Where there is taskset, local[1], each process and each executor keep to one core with all that their
JVM does, as on machines of one core: compiler and garbage collector would find a second one idle
otherwise.

  --epochs N      Epochs of each training; the fastest counts. Default: 2.
  --images N      Scans to score. Default: 400000. The first 100000, while each JVM warms up, do not count, as
                  the first epoch of a training does not.
  --source DIR    IDX files to train on. Default: data/mnist.
  --output FILE   Default: benchmarks/cluster.md.
  --skip-averaging
                  Leave the second table out, and with it four of the eight trainings.
END
}

parse_options() {
  epochs=2
  images=400000
  source=$home/data/mnist
  output=$home/benchmarks/cluster.md
  averaging=true
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage && exit 0 ;;
      --skip-averaging) averaging=false ;;
      --epochs | --images | --source | --output)
        [ -n "${2-}" ] || fail "$1 needs a value; see submit/benchmark.sh --help" 2
        printf -v "${1#--}" %s "$2"
        shift
        ;;
      *) fail "no option $1; see submit/benchmark.sh --help" 2 ;;
    esac
    shift
  done
  [ "$images" -ge $(((WARM_UP_CHUNKS + 1) * CHUNK)) ] ||
    fail "--images must be at least $(((WARM_UP_CHUNKS + 1) * CHUNK)), not $images: the first $((WARM_UP_CHUNKS * CHUNK)) do not count" 2
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

# The sum of a figure over the records of the output's chunks, without the first: with them each JVM warms up.
committed() {
  local chunk
  for chunk in "$1"/_commits/batch=0/chunk=*.json; do
    case ${chunk##*/chunk=} in
      [0-$((WARM_UP_CHUNKS - 1))].json) ;;
      *) grep -ohE "\"$2\"[ :]+[0-9.eE+-]+" "$chunk" ;;
    esac
  done | awk -F '[ :]+' '{ sum += $2 } END { print sum }'
}

# The number of a core, or all, and a command that keeps to it.
on_core() {
  local core=$1
  shift
  if [ "$core" != all ] && command -v taskset >/dev/null; then
    taskset -c "$core" "$@"
  else
    "$@"
  fi
}

# Options of train and, after --, of spark-submit; on the core that $core of the caller names.
train() {
  local out=$1
  shift
  on_core "$core" "$home/submit/digits" train --data "file:$work/dataset" --model "file:$out/model" --epochs "$epochs" \
    --batch-size "$BATCH" --validation-fraction 0 "$@" >"$work/log"
}

# A model, an output, and spark-submit options; on the core that $core of the caller names.
score() {
  local model=$1 output=$2
  shift 2
  on_core "$core" "$home/submit/digits" score --archives "file:$work/scans/digits.zip" --model "file:$model" \
    --output "file:$output" --chunk-images $((2 * CHUNK)) -- "$@"
}

# Two of local[1] at once, which have nothing to do with each other, as far as the cores go: the same line, without training.
measure_processes() {
  local core processes=() out=$work/processes
  for core in 0 1; do
    score "$work/local-1-/model" "$out/$core" --master 'local[1]' >"$work/log-$core" &
    processes+=($!)
  done
  for core in 0 1; do
    wait "${processes[core]}"
  done
  echo "2 processes are measured" >&2
  for core in 0 1; do
    echo "$(committed "$out/$core" found) $(committed "$out/$core" seconds)"
  done | awk '{ images += $1; seconds += $2 / 2 } END { print "2_processes", "-", images, seconds }'
}

# A name, a core, and spark-submit options: a line of name, images/s of training, images and seconds of scoring.
measure() {
  local name=$1 core=$2 out
  shift 2
  out=$work/${name//[^a-z0-9]/-}
  train "$out" -- "$@"
  score "$out/model" "$out/scores" "$@" >"$work/log"
  echo "${name/_/ } is measured" >&2
  echo "$name $(trained "$out/model") $(committed "$out/scores" found) $(committed "$out/scores" seconds)"
}

# Bytes that went to executors in broadcasts, and bytes that tasks handed on, from Spark's event log.
moved() {
  cat "$1"/* | awk '
    function number(name) {
      return match($0, "\"" name "\":[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0
    }
    /"SparkListenerBlockUpdated"/ && /"Block ID":"broadcast_/ && !/"Executor ID":"driver"/ && /"Replication":1/ { down += number("Memory Size") }
    /"SparkListenerTaskEnd"/ { up += number("Result Size") + number("Shuffle Bytes Written") }
    END { printf "%.0f %.0f\n", down, up }'
}

# Executors and an averaging frequency: a line of both, rounds an epoch, images/s, bytes to and from executors.
measure_averaging() {
  local executors=$1 frequency=$2 core=all out=$work/averaging-$1-$2
  mkdir -p "$out/events"
  train "$out" --averaging-frequency "$frequency" -- --master "$master" --total-executor-cores "$executors" \
    --conf spark.eventLog.enabled=true --conf "spark.eventLog.dir=file:$out/events" \
    --conf spark.eventLog.logBlockUpdates.enabled=true
  echo "$executors executors that average every $frequency minibatches are measured" >&2
  echo "$executors $frequency $(trained "$out/model") $(moved "$out/events")"
}

measure_all() {
  measure 'local[1]' 0 --master 'local[1]'
  measure 'local[2]' all --master 'local[2]'
  measure_processes
  measure '1_executor' all --master "$master" --total-executor-cores 1
  measure '2_executors' all --master "$master" --total-executor-cores 2
}

measure_averagings() {
  local executors frequency
  for executors in 1 2; do
    for frequency in "$OFTEN" "$RARELY"; do
      measure_averaging "$executors" "$frequency"
    done
  done
}

# Executors keep to the core of their worker.
start_cluster() {
  master=$("$home/submit/cluster" start --port 0 --workers 2 --dir "$work/cluster" | sed -n 's/.*--master //p')
  local worker
  for worker in 1 2; do
    ! command -v taskset >/dev/null ||
      taskset --all-tasks --cpu-list --pid $((worker - 1)) "$(cat "$work/cluster/worker-$worker.pid")" >"$work/log"
  done
}

table() {
  echo "# Training and scoring on one core and on two"
  echo
  echo "Measured by \`submit/benchmark.sh\` in one run, on $(date -u +%Y-%m-%d), on $(getconf _NPROCESSORS_ONLN) cores."
  echo "An executor is a process of a standalone cluster on the same machine, with one core; the 2 processes are local[1]"
  echo "twice at the same time, each of a run of its own. Scoring is of $images scans."
  echo "Of the epochs the fastest counts, and of the scans all but the first $((WARM_UP_CHUNKS * CHUNK)): until then each JVM warms up."
  ! command -v taskset >/dev/null || echo "local[1], each process and each executor are held to one core, with all that their JVM does."
  echo
  echo "| | training, images/s | to local[1] | scoring, images/s | to local[1] |"
  echo "|---|---|---|---|---|"
  awk '
    { gsub("_", " ", $1); train[$1] = $2; score[$1] = $3 / $4; one = "local[1]" }
    $2 == "-" { printf "| %s | | | %.0f | %.2f |\n", $1, score[$1], score[$1] / score[one] }
    $2 != "-" { printf "| %s | %.0f | %.2f | %.0f | %.2f |\n", $1, $2, $2 / train[one], score[$1], score[$1] / score[one] }
    END {
      executors = score["2 executors"] / score["1 executor"] / 2
      processes = score["2 processes"] / score[one] / 2
      printf "| 2 executors to twice 1 | | %.2f | | %.2f |\n", train["2 executors"] / train["1 executor"] / 2, executors
      printf "| 2 processes to twice 1 | | | | %.2f |\n", processes
      printf "| the one to the other | | | | %.2f |\n", executors / processes
    }' \
    "$work/measured"
}

# What rounds that were more cost more. Whole minibatches, dealt out to the executors, make the rounds of an epoch.
averaging_table() {
  local images
  images=$(tr -d ' \n' <"$work/dataset/_dataset.json" | grep -oE '"train":\{"rows":[0-9]+' | grep -oE '[0-9]+$')
  echo
  echo "## A round of averaging"
  echo
  echo "From epochs that average every $OFTEN and every $RARELY minibatches of $BATCH: what the additional rounds cost."
  echo
  echo "| executors | seconds a minibatch | seconds a round | MB to executors | MB from executors |"
  echo "|---|---|---|---|---|"
  awk -v images="$images" -v batch="$BATCH" -v epochs="$epochs" '
    function ceiling(x) { return x == int(x) ? x : int(x) + 1 }
    { rounds = ceiling(ceiling(images / batch) / ($1 * $2)); seconds = images / $3 }
    NR % 2 { often = rounds; often_seconds = seconds; down = $4; up = $5; next }
    { more = often - rounds; round = (often_seconds - seconds) / more
      minibatch = (seconds - rounds * round) / (images / batch) * $1
      printf "| %d | %.3f | %.3f | %.1f | %.1f |\n", $1, minibatch, round, \
        (down - $4) / epochs / more / 1e6, (up - $5) / epochs / more / 1e6 }' "$work/averagings"
}

parse_options "$@"
prepare
start_cluster
measure_all >"$work/measured"
table >"$output"
if $averaging; then
  measure_averagings >"$work/averagings"
  averaging_table >>"$output"
fi
cat "$output"
