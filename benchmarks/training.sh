#!/usr/bin/env bash
# Images a second of training on all of MNIST, Spark and all included, by both recipes, beside Keras and PyTorch where they are to be had.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/training.sh [EPOCHS]

Trains in local mode for EPOCHS (default 2) by the recipes keras and scans, then the network of keras
in the peers, one after the other on the same machine, and prints each one's best epoch and how many
times as fast ours is; for scans, its share of the digits a second of keras, and of the images, since
it makes an image of what is not one digit for each three digits. Leave the machine alone meanwhile.
Takes some 7 minutes on 2 cores.

KERAS_PYTHON   a Python with keras and a backend; not measured if not set
TORCH_PYTHON   a Python with torch and numpy; not measured if not set
END
}

case ${1:-} in
  -h | --help) usage && exit 0 ;;
esac
epochs=${1:-2}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The greatest figure after a word.
best() {
  grep -oE "$1[\": ]+[0-9.]+" | grep -oE '[0-9.]+$' | sort -g | tail -n 1
}

ours() {
  "$home/submit/digits" train --data "file:$work/dataset" --model "file:$work/$1" --recipe "$1" \
    --epochs "$epochs" --validation-fraction 0 >/dev/null
  best imagesPerSecond <"$work/$1/history.jsonl"
}

peer() {
  "$1" "$home/benchmarks/peers/$2" "$work/raw" "$epochs" | best images/s
}

row() {
  awk -v name="$1" -v rate="$2" -v ours="$rate" \
    'BEGIN { printf "%-28s %10.0f %12.2f\n", name, rate, ours / rate }'
}

# NAME PYTHON SCRIPT: a row, where there is a Python.
beside() {
  local theirs
  [ -n "$2" ] || return 0
  theirs=$(peer "$2" "$3")
  row "$1" "$theirs"
}

mkdir "$work/raw"
for file in "$home"/data/mnist/*.gz; do
  gunzip -c "$file" >"$work/raw/$(basename "$file" .gz)"
done
"$home/submit/digits" ingest --source "file:$home/data/mnist" --output "file:$work/dataset" >/dev/null
rate=$(ours keras)
scans=$(ours scans)
printf '%-28s %10s %12s\n' "training" "images/s" "ours/theirs"
row "ours, local[*]" "$rate"
awk -v rate="$scans" -v keras="$rate" \
  'BEGIN { printf "%-28s %10.0f %12.2f of keras; %.2f with the images it makes\n",
           "ours, recipe scans", rate, rate / keras, rate / keras * 4 / 3 }'
beside Keras "${KERAS_PYTHON:-}" keras_mnist.py
beside PyTorch "${TORCH_PYTHON:-}" torch_mnist.py
