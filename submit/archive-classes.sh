#!/usr/bin/env bash
# Makes the archive of loaded classes that lets jobs of this machine start sooner; the build calls it.
set -eo pipefail

# shellcheck source=submit/common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

usage() {
  cat <<'END'
Usage: submit/archive-classes.sh

Scores a few drawn scans with models/scans and keeps the classes that were loaded meanwhile beside the
jar, in digit-recognizer-jobs.jsa (some 170 MB): 'submit/digits' in local mode takes them from there. It
holds for the JDK that made it: after an update of Java, make it again. Nothing needs it.
END
}

case ${1:-} in
  -h | --help) usage && exit 0 ;;
  ?*) fail "no option $1; see submit/archive-classes.sh --help" 2 ;;
esac

archive=$built/digit-recognizer-jobs.jsa
work=$(mktemp -d)
trap 'rm -rf "$work" "$archive.new"' EXIT
# What users set is for their jobs.
unset SPARK_HOME MASTER DEPLOY_MODE SPARK_SUBMIT_OPTS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS

digits() {
  local job=$1
  shift
  "$home/submit/digits" "$job" "$@" >"$work/log" 2>&1 ||
    fail "no archive of classes, since $job failed; jobs start without it: $(tail -n 1 "$work/log")"
}

# A JVM that maps an archive that is cut off, as by a full disk, dies.
require_whole() {
  (cd "$work" && "$java" -Xshare:auto -XX:+VerifySharedSpaces -XX:SharedArchiveFile="$1" -XX:ErrorFile=/dev/null -version) \
    >"$work/log" 2>&1 || fail "no archive of classes, since what Java wrote to $1 is not whole; jobs start without it"
}

find_java
rm -f "$archive"
digits samples --source "file:$home/data/mnist" --output "file:$work/scans" --images 100 --extras
digits score --archives "file:$work/scans/digits.zip" --labels "file:$work/scans/labels.csv" \
  --model "file:$home/models/scans" --output "file:$work/scores" \
  -- --driver-java-options "-XX:ArchiveClassesAtExit=$archive.new -Xlog:cds=off -Xlog:cds+dynamic=off"
require_whole "$archive.new"
mv "$archive.new" "$archive"
