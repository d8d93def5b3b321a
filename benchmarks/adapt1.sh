#!/usr/bin/env bash
# How much of a model's errors adapting to a site's scans takes away.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/adapt.sh MODEL DATASET FOLDER [SCANS ...]

Adapts MODEL to SCANS (default: 300 1000) scans of each zip in FOLDER whose name begins with cheque-digits
and prints how much of what it misreads of the rest is then read, and what MNIST's test digits lose;
then the same with labels drawn by lot, which must be refused. Entries are called LABEL/LABEL_NUMBER.png;
scans with numbers that follow each other are of one image, and are held back together. Takes some
minutes a row. Build first: mvn -DskipTests package

MODEL is a model directory that 'digits train' wrote, DATASET the digits dataset that 'digits ingest'
made of MNIST.

ADAPT   more options of 'digits adapt'
END
}

case ${1:-} in
  -h | --help) usage && exit 0 ;;
esac
if [ $# -lt 3 ] || [ ! -f "$1/model.json" ] || [ ! -d "$2" ] || [ ! -d "$3" ]; then
  usage >&2
  exit 2
fi
model=$(cd "$1" && pwd -P)
dataset=$(cd "$2" && pwd -P)
folder=$(cd "$3" && pwd -P)
shift 3
counts=("${@:-300}")
[ $# -gt 0 ] || counts=(300 1000)
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
read -ra more <<<"${ADAPT:-}"

# Unpacks a zip into a folder for each image of origin, and writes the labels, true and by lot.
sort_by_origin() {
  mkdir "$work/packed" "$work/sites"
  (cd "$work/packed" && jar xf "$1")
  find "$work/packed" -name '*.png' -printf '%f\n' | sort -t_ -k2 >"$work/names"
  awk -F'[_.]' -v seed=1 '
    BEGIN { srand(seed) }
    { if ($2 + 0 != last + 1) origin++; last = $2 + 0
      printf "%05d/%s,%s,%d\n", origin, $0, $1, int(10 * rand()) }' "$work/names" >"$work/sorted"
  local entry label lot
  printf 'entry,label\n' | tee "$work/true.csv" >"$work/lot.csv"
  while IFS=, read -r entry label lot; do
    mkdir -p "$work/sites/${entry%/*}"
    mv "$work/packed/$label/${entry#*/}" "$work/sites/$entry"
    printf '%s,%s\n' "$entry" "$label" >>"$work/true.csv"
    printf '%s,%s\n' "$entry" "$lot" >>"$work/lot.csv"
  done <"$work/sorted"
  (cd "$work/sites" && tar -cf "$work/scans.tar" -- *)
  rm -rf "$work/packed" "$work/sites"
}

# Adapts with so many scans and a file of labels; prints what the job says.
adapt() {
  local all held
  all=$(wc -l <"$work/sorted")
  held=$(awk -v n="$1" -v all="$all" 'BEGIN { printf "%.4f", 1 - n / all }')
  "$home/submit/digits" adapt --model "file:$model" --data "file:$dataset" --archives "file:$work/scans.tar" \
    --labels "file:$work/$2.csv" --held-back "$held" --output "file:$work/adapted" --overwrite ${more[@]+"${more[@]}"} 2>&1 || true
}

row() {
  local said
  said=$(adapt "$2" "$3"); echo "$said" >>/tmp/ad/said
  grep -E 'Scans held back' <<<"$said" | tail -n 1 |
    grep -oE '[0-9]+\.[0-9]+ %' | tr -d ' %' | xargs |
    awk -v name="$1" -v n="$2" -v labels="$3" -v refused="$(grep -c 'nothing was written' <<<"$said" || true)" '
      { printf "%-30s %6d %6s %9.2f%% %9.2f%% %7.2f %7.2f %s\n", name, n, labels, $1, $2,
          ($2 - $1) / (100 - $1), $4 - $3, refused ? "refused" : "written" }'
}

printf '%-30s %6s %6s %10s %10s %7s %7s\n' "scans" "n" "labels" "before" "after" "gone" "MNIST"
for zip in "$folder"/cheque-digits*.zip; do
  sort_by_origin "$zip"
  for count in "${counts[@]}"; do
    row "$(basename "$zip")" "$count" true
  done
done
