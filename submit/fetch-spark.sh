#!/usr/bin/env bash
# Fills the folder spark of an unpacked release with the Spark that it was tested with, through Maven.
set -eo pipefail

# shellcheck source=submit/common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"

usage() {
  cat <<'END'
Usage: submit/fetch-spark.sh [-- Maven's options]

Fetches the Spark that this release was tested with into spark/jars (217 MB), through Maven (3.8 or
newer) and its settings, mirrors included, and compares what came with spark/SHA256SUMS. 'submit/digits'
runs on it where SPARK_HOME is not set. Who has a Spark 3.5 or 4 sets SPARK_HOME and needs none of this.
END
}

case ${1:-} in
  -h | --help) usage && exit 0 ;;
  --) shift ;;
  ?*) fail "no option $1; see submit/fetch-spark.sh --help" 2 ;;
esac

is_release || fail "this is no release, but its sources: run 'mvn -q -DskipTests package', which collects Spark, too"
find_java
command -v mvn >/dev/null || fail "no mvn found: install Maven 3.8 or newer, or let SPARK_HOME name a Spark 3.5 or 4"
spark=$built/spark
[ -f "$spark/pom.xml" ] || fail "$spark/pom.xml is missing: unpack the release again"
rm -rf "$spark/jars.new"
trap 'rm -rf "$spark/jars.new" "$spark/target"' EXIT
mkdir "$spark/jars.new" 2>/dev/null || fail "no folder can be made in $spark: unpack the release where you may write"
echo "Fetching Spark into $spark/jars ..."
mvn -q -B -Dstyle.color=never -f "$spark/pom.xml" "-Djars=$spark/jars.new" "$@" package ||
  fail "Maven could not fetch Spark: see above"
(cd "$spark/jars.new" && sha256sum --quiet -c ../SHA256SUMS) ||
  fail "what Maven fetched is not what $spark/SHA256SUMS names: see above"
rm -rf "$spark/jars"
mv "$spark/jars.new" "$spark/jars"
