#!/usr/bin/env bash
# Seconds that listing and planning take of ever more loose files, with a small driver.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/planning.sh MODEL [FILES [FOLDERS]]

Makes FILES loose files (default 200000, at most 1000000) in FOLDERS folders (default 200) and lists
them with 'digits score --dry-run', which opens each and reads nothing, with two cores and a driver
heap of 1 GB: a tenth of the folders first, then a half, then all. Prints the seconds of the whole
run, from before Spark starts, and files a second; and how the seconds that a file more costs
compare between the second and the first half: 1 where planning grows linearly.

MODEL is a model directory that 'digits train' wrote. Leave the machine alone meanwhile. Build first:
mvn -DskipTests package

TREE    a folder for the files, which are made if they are not there; default: a new one, deleted at
        the end. They are all the same scan, of 76 bytes; each takes a block of the disk.
END
}

case ${1:-} in
  -h | --help) usage && exit 0 ;;
esac
most=1000000
files=${2:-200000} folders=${3:-200}
if [ $# -eq 0 ] || [ ! -f "$1/model.json" ] || ! [[ $files$folders =~ ^[0-9]+$ ]] ||
  [ "$files" -gt "$most" ] || [ "$folders" -lt 10 ] || [ "$files" -lt "$folders" ]; then
  usage >&2
  exit 2
fi
each=$((files / folders))
model=$(cd "$1" && pwd -P)
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
job=
trap '[ -z "$job" ] || kill "$job"; rm -rf "$work"' EXIT
tree=${TREE:-$work/tree}
mkdir -p "$tree"
tree=$(cd "$tree" && pwd -P)

# A grey PNG of 4 x 4 pixels.
scan() {
  base64 -d <<<'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAAAAACMmsGiAAAAE0lEQVR4nGP4DwQM/xkYYAQQAAB3nAv1JH4SfwAAAABJRU5ErkJggg=='
}

# The folders of each part have names of their own, so that a glob chooses it.
plant() {
  local i folder
  mkdir -p "$work/folder"
  scan >"$work/folder/1.png"
  for ((i = 2; i <= each; i++)); do
    cp "$work/folder/1.png" "$work/folder/$i.png"
  done
  for ((i = 0; i < folders; i++)); do
    folder=$tree/$(part "$i")-$i
    [ -d "$folder" ] || cp -r "$work/folder" "$folder"
  done
}

part() {
  if (($1 < folders / 10)); then
    echo a
  elif (($1 < folders / 2)); then
    echo b
  else
    echo c
  fi
}

# GLOB FILES: lists what it finds, $seconds long, and prints a row.
plan() {
  local start found=$2
  start=$(date +%s.%N)
  "$home/submit/digits" score --archives "file:$tree/$1" --model "file:$model" \
    --output "file:$work/output" --dry-run -- --master 'local[2]' --driver-memory 1g >"$work/log" &
  job=$!
  wait "$job" || { job= && exit 1; }
  job=
  seconds=$(date +%s.%N | awk -v start="$start" '{ print $1 - start }')
  awk -v n="$found" -v s="$seconds" 'BEGIN { printf "%-28s %10.1f %12.0f\n", n " files", s, n / s }'
}

plant
printf '%-28s %10s %12s\n' "dry run, heap of 1 GB" "seconds" "files/s"
tenth=$((folders / 10)) half=$((folders / 2))
counts=($((tenth * each)) $((half * each)) $((folders * each)))
times=()
for glob in 'a-*' '[ab]-*' '*'; do
  plan "$glob" "${counts[${#times[@]}]}"
  times+=("$seconds")
done
awk -v t="${times[*]}" -v n="${counts[*]}" 'BEGIN {
  split(t, s, " "); split(n, f, " ")
  early = (s[2] - s[1]) / (f[2] - f[1]); late = (s[3] - s[2]) / (f[3] - f[2])
  printf "%-28s %10.2f\n", "late / early, a file", late / early
}'
