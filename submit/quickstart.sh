#!/usr/bin/env bash
# The whole way once: MNIST in, a trained model out, and an archive of scans read by it.
set -eo pipefail

# shellcheck source=submit/common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

usage() {
  cat <<'END'
Usage: submit/quickstart.sh [--epochs N] [DIR] [-- spark-submit options]

Ingests data/mnist, trains on it by the recipe scans, evaluates, draws an archive of sample scans and
scores it, with that model and with models/scans, draws numbers and reads these, in local mode, into
DIR: DIR/dataset, DIR/model, DIR/evaluation, DIR/scans, DIR/scores, DIR/scores-scans, DIR/numbers and
DIR/scores-numbers. Builds first where nothing is built yet, or sources are newer; a release needs no
building. Running it again replaces what it made before.

  DIR          Default: ./work. A folder that is empty or was made by quickstart; or, for a cluster,
               a new folder on storage that all of it sees, such as hdfs:///user/me/quickstart.
  --epochs N   Default: EPOCHS from the environment, else 5, some 8 minutes on 2 cores. The more the
               better it reads: 36 is train's own default for the recipe scans.
END
}

parse_options() {
  epochs=${EPOCHS:-5}
  directory=
  spark_args=()
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage && exit 0 ;;
      --epochs) epochs=${2-} && shift ;;
      --epochs=*) epochs=${1#*=} ;;
      --) shift && spark_args=(-- "$@") && break ;;
      -*) fail "no option $1; see submit/quickstart.sh --help" 2 ;;
      *)
        [ -z "$directory" ] || fail "one DIR only, not $directory and $1" 2
        directory=$1
        ;;
    esac
    [ $# -eq 0 ] || shift
  done
  case $epochs in
    '' | *[!0-9]* | 0*) fail "--epochs needs a whole number from 1 on, not '$epochs'" 2 ;;
  esac
}

# A folder of this machine becomes a file: URI, since a cluster's default may be another file system.
choose_directory() {
  overwrite=()
  local_directory=
  directory=${directory:-work}
  case $directory in
    *:/*) return ;;
  esac
  if [ -e "$directory" ] && [ ! -d "$directory" ]; then
    fail "$directory is no folder: name another DIR"
  fi
  if [ -d "$directory" ] && [ ! -e "$directory/.quickstart" ] && [ -n "$(ls -A "$directory")" ]; then
    fail "$directory is not empty and was not made by quickstart: name another DIR"
  fi
  mkdir -p "$directory"
  directory=$(cd "$directory" && pwd -P)
  echo "Made by submit/quickstart.sh, which replaces what is beside this file." >"$directory/.quickstart"
  overwrite=(--overwrite)
  local_directory=$directory
  directory=file:$directory
}

# Whether the jar, the last that a build makes, is whole and newer than all that it is made of. The last 22 bytes of a zip
# begin so; a folder is newer when a file has gone from it.
is_built() {
  local jar=$home/jobs/target/digit-recognizer-jobs.jar newer
  [ -d "$home/jobs/target/spark/jars" ] && [ -f "$jar" ] || return 1
  [ "$(tail -c 22 "$jar" | head -c 4 | tr -d '\0')" = $'PK\005\006' ] || return 1
  newer=$(find "$home"/pom.xml "$home"/{common,jobs}/{pom.xml,src/main} -newer "$jar") || return 1
  [ -z "$newer" ]
}

# Maven ends with an escape code whatever it is told.
without_colours() {
  sed -e $'s/\e\\[[0-9;]*m//g'
}

build() {
  ! is_release || return 0
  ! is_built || return 0
  command -v mvn >/dev/null || fail "no mvn found: install Maven 3.8 or newer, which builds the jobs"
  echo "Building (about a minute; several the first time, when Maven fetches some 700 MB) ..."
  (cd "$home" && mvn -B -q -Dstyle.color=never -DskipTests package) | without_colours ||
    fail "the build failed: see above"
}

digits() {
  local job=$1
  shift
  "$home/submit/digits" "$job" "$@" "${overwrite[@]}" "${spark_args[@]}"
}

# The first figure of that name in the metrics.json of a job's output.
metric() {
  grep -o "\"$2\"[[:space:]]*:[[:space:]]*[0-9.eE+-]*" "$local_directory/$1/report/metrics.json" |
    head -n 1 | sed 's/.*:[[:space:]]*//'
}

count_epochs() {
  if [ "$epochs" = 1 ]; then echo "1 epoch"; else echo "$epochs epochs"; fi
}

show_results() {
  echo
  if [ -n "$local_directory" ]; then
    local accuracy images
    accuracy=$(metric evaluation accuracy)
    images=$(metric evaluation images)
    awk -v a="$accuracy" -v n="$images" -v e="$(count_epochs)" \
      'BEGIN { printf "Accuracy on %d test digits after %s: %.2f %%\n", n, e, a * 100 }'
    awk -v own="$(metric scores accuracy)" -v scans="$(metric scores-scans accuracy)" \
      'BEGIN { printf "Of the sample scans it reads %.1f %% right, models/scans %.1f %%\n", own * 100, scans * 100 }'
    awk -v a="$(metric scores-numbers accuracy)" \
      'BEGIN { printf "Of 200 numbers of 5 to 7 digits models/scans reads %.1f %% right\n", a * 100 }'
  fi
  echo "Report on the model:    $directory/evaluation/report/index.html"
  echo "Report on its training: $directory/model/report/index.html"
  echo "Report on the scans:    $directory/scores/report/index.html"
  echo "Report on the numbers:  $directory/scores-numbers/report/index.html"
  echo "To train longer:        submit/quickstart.sh --epochs 36"
}

parse_options "$@"
find_java
choose_directory
build
echo "1/7 Ingesting MNIST ..."
digits ingest --source "file:$home/data/mnist" --output "$directory/dataset"
echo "2/7 Training, $(count_epochs) (a minute and a half each on 2 cores) ..."
digits train --recipe scans --data "$directory/dataset" --model "$directory/model" --epochs "$epochs"
echo "3/7 Evaluating ..."
digits evaluate --data "$directory/dataset" --model "$directory/model" --output "$directory/evaluation"
echo "4/7 Drawing 1,000 digits as scans, and five that are none ..."
digits samples --source "file:$home/data/mnist" --output "$directory/scans" --images 1000 --extras
echo "5/7 Scoring the scans ..."
# One in a thousand, score's own target, would be a single one of these scans.
digits score --archives "$directory/scans/digits.zip" --labels "$directory/scans/labels.csv" \
  --model "$directory/model" --output "$directory/scores" --target-error 0.01
echo "6/7 Scoring them with models/scans, which was trained longer ..."
digits score --archives "$directory/scans/digits.zip" --labels "$directory/scans/labels.csv" \
  --model "file:$home/models/scans" --output "$directory/scores-scans" --target-error 0.01
echo "7/7 Drawing 200 numbers with a check digit, and reading them ..."
form=file:$home/conf/forms/meter-card.yaml
digits samples --source "file:$home/data/mnist" --numbers "$form" --output "$directory/numbers" --images 200
digits score --archives "$directory/numbers/digits.zip" --labels "$directory/numbers/labels.csv" --form "$form" \
  --model "file:$home/models/scans" --output "$directory/scores-numbers" --target-error 0.01
show_results
