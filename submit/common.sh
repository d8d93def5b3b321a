# shellcheck shell=bash
# What the scripts share: where home is, how they fail, which Java and which Spark they take.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
program=$(basename "$(readlink -f "${BASH_SOURCE[1]}")" .sh)

# Ends with one line on stderr; status 1, or the second argument.
fail() {
  echo "$program: $1" >&2
  exit "${2:-1}"
}

# Spark 3.5 with its Hadoop cannot start where Java's security manager has gone, and up to 21 is what it is tried with.
find_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  local version major
  version=$("$java" -version 2>&1 | sed -n -E 's/.* version "([0-9][^"]*)".*/\1/p' | head -n 1) || true
  [ -n "$version" ] || fail "no Java found: install JDK 17, or let JAVA_HOME name one"
  major=${version%%[!0-9]*}
  [ "$major" -ge 17 ] || fail "Java $version is too old: install JDK 17, or let JAVA_HOME name one"
  [ "$major" -le 21 ] || fail "Java $version is too new for Spark 3.5: install JDK 17 (21 at most), or let JAVA_HOME name one"
}

# Sets own_spark, too, for who sources this.
# shellcheck disable=SC2034
find_spark() {
  if [ -z "${SPARK_HOME:-}" ]; then
    own_spark=true
    export SPARK_HOME=$home/jobs/target/spark SPARK_SCALA_VERSION=2.12
    [ -d "$SPARK_HOME/jars" ] ||
      fail "$SPARK_HOME/jars is missing: run 'mvn -q -DskipTests package' in $home, or let SPARK_HOME name a Spark 3.5"
  else
    own_spark=false
    [ -x "$SPARK_HOME/bin/spark-submit" ] || fail "SPARK_HOME is $SPARK_HOME, but there is no bin/spark-submit in it"
  fi
}

# Spark's launcher turns a class and its arguments into a java command in $spark_command, as bin/spark-class has it do: a line
# of its own, then the words, each ended by a NUL.
make_spark_command() {
  local word
  spark_command=()
  while IFS= read -r -d '' word; do
    spark_command+=("$word")
  done < <("$java" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main "$@" | tail -n +2)
  [ ${#spark_command[@]} -gt 0 ] || exit 1
}

# A path as it may stand in a URI and, since neither blank nor quote is left in it, in a string of Java options.
percent_encoded() {
  sed -e 's/%/%25/g' -e 's/ /%20/g' -e 's/"/%22/g' -e 's/#/%23/g' -e "s/'/%27/g" -e 's/,/%2C/g' -e 's/?/%3F/g' \
    -e 's/\\/%5C/g' <<<"$1"
}
