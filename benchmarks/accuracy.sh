#!/usr/bin/env bash
# What is lost on the way from a scan to a digit: accuracy on scans beside accuracy on the same digits as MNIST has them.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/accuracy.sh MODEL [SEED ...]

Evaluates MODEL on the test split of MNIST, draws the same 10,000 digits as PNG scans of 20 to 200
pixels, of both polarities and off centre, once for each SEED (default: 42), and scores these. A scan
that is rejected counts as wrong. Then the same on drawn paper: grain, print, shadows. Prints the
accuracies and their differences in points. Takes a minute or so a seed. Build first: mvn -DskipTests package

MODEL is a model directory that 'digits train' wrote.
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
shift
seeds=("${@:-42}")
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A number of a metrics.json.
metric() {
  grep -oE "\"$2\"[ :]+[0-9.]+" "$1" | grep -oE '[0-9.]+$' | head -n 1
}

straight() {
  "$home/submit/digits" ingest --source "file:$home/data/mnist" --output "file:$work/dataset" >/dev/null
  "$home/submit/digits" evaluate --data "file:$work/dataset" --model "file:$model" --output "file:$work/evaluation" >/dev/null
  metric "$work/evaluation/report/metrics.json" accuracy
}

# Of a seed's scans, drawn with options more: accuracy of those read, how many there were, how many were read.
scanned() {
  local scans=$work/scans-$1 scores=$work/scores-$1
  rm -rf "$scans" "$scores"
  "$home/submit/digits" samples --source "file:$home/data/mnist" --output "file:$scans" --images 10000 \
    --min-size 20 --max-size 200 --seed "$@" >/dev/null
  "$home/submit/digits" score --archives "file:$scans/digits.zip" --labels "file:$scans/labels.csv" \
    --model "file:$model" --output "file:$scores" >/dev/null
  local figure
  for figure in accuracy images scored; do
    metric "$scores/report/metrics.json" "$figure"
  done | xargs
}

reference=$(straight)
printf '%-36s %10s %10s %10s\n' "10,000 test digits" "accuracy" "rejected" "points"
awk -v a="$reference" 'BEGIN { printf "%-36s %9.2f%% %10s %10s\n", "as MNIST has them", 100 * a, "", "" }'
row() {
  local accuracy images read
  read -r accuracy images read <<<"$(scanned "${@:2}")"
  awk -v name="$1" -v a="$accuracy" -v n="$images" -v r="$read" -v reference="$reference" \
    'BEGIN { all = a * r / n; printf "%-36s %9.2f%% %10d %10.2f\n", name, 100 * all, n - r, 100 * (all - reference) }'
}

for seed in "${seeds[@]}"; do
  row "as scans of 20 to 200 px, seed $seed" "$seed"
  row "on drawn paper, seed $seed" "$seed" --paper
done
