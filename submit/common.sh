# shellcheck shell=bash
# What the scripts share: where home is, how they fail, which Java and which Spark they take.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." 2>/dev/null && pwd -P)
program=$(basename "$(readlink -f "${BASH_SOURCE[1]}")" .sh)
# Where the jar and Spark lie: what the build has made, or, in a release, which has no sources, beside the scripts' folder.
built=$home/jobs/target
[ -d "$home/jobs" ] || built=$home

is_release() {
  [ "$built" = "$home" ]
}

# Ends with one line on stderr; status 1, or the second argument.
fail() {
  echo "$program: $1" >&2
  exit "${2:-1}"
}

# Java cannot start in a folder that has been deleted.
require_folder() {
  pwd -P >/dev/null 2>&1 || fail "the current folder has been deleted: change into one that is there"
}

# Without a locale that knows UTF-8, as under cron, Java sees no file whose name has a letter beyond ASCII. Sets new_locale,
# empty where there was one.
set_locale() {
  new_locale=
  [ "$(locale charmap 2>/dev/null)" != UTF-8 ] || return 0
  new_locale=$(locale -a 2>/dev/null | grep -i -x -E '(C|en_US)\.utf-?8' | sort | head -n 1) || true
  new_locale=${new_locale:-C.UTF-8}
  export LC_ALL=$new_locale
}

# Java for an answer within a second: the driver's options are not for it, nor do they show in its output.
quick_java() {
  (
    unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
    exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx256m "$@"
  )
}

# Spark 3.5 with its Hadoop cannot start where Java's security manager has gone, and up to 21 is what it is tried with.
find_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  local version major
  version=$(quick_java -version 2>&1 | sed -n -E 's/.* version "([0-9][^"]*)".*/\1/p' | head -n 1) || true
  [ -n "$version" ] || fail "no Java found: install JDK 17, or let JAVA_HOME name one"
  major=${version%%[!0-9]*}
  [ "$major" -ge 17 ] || fail "Java $version is too old: install JDK 17, or let JAVA_HOME name one"
  [ "$major" -le 21 ] || fail "Java $version is too new for Spark 3.5: install JDK 17 (21 at most), or let JAVA_HOME name one"
}

# What makes the jar and Spark's folder.
maker() {
  if is_release; then echo "'$home/submit/fetch-spark.sh'"; else echo "'mvn -q -DskipTests package' in $home"; fi
}

# Sets own_spark, too, for who sources this.
# shellcheck disable=SC2034
find_spark() {
  if [ -z "${SPARK_HOME:-}" ]; then
    own_spark=true
    export SPARK_HOME=$built/spark SPARK_SCALA_VERSION
    SPARK_SCALA_VERSION=2.12
    ! compgen -G "$SPARK_HOME/jars/spark-core_2.13-*" >/dev/null || SPARK_SCALA_VERSION=2.13
    [ -d "$SPARK_HOME/jars" ] || fail "$SPARK_HOME/jars is missing: run $(maker), or let SPARK_HOME name a Spark 3.5 or 4"
  else
    own_spark=false
    [ -x "$SPARK_HOME/bin/spark-submit" ] || fail "SPARK_HOME is $SPARK_HOME, but there is no bin/spark-submit in it"
  fi
}

# The folder for temporary files of this process and of what it becomes. A kill leaves gigabytes in it, so the next run on this
# machine removes those of processes that are no more. Where the user names a folder for temporary files, it is that.
# shellcheck disable=SC2034
choose_scratch() {
  scratches=${TMPDIR:-/tmp}
  users_scratches=${scratches%/}/digits-$(id -un 2>/dev/null || id -u)
  scratches=$users_scratches/${HOSTNAME:-here}
  scratch=$scratches/$$
  case "${JAVA_TOOL_OPTIONS:-} ${SPARK_SUBMIT_OPTS:-}" in
    *-Djava.io.tmpdir=*) temporary= ;;
    *) temporary=temporary ;;
  esac
}

make_scratch() {
  local left
  if ! (umask 077 && mkdir -p "$scratches" 2>/dev/null) || [ ! -O "$users_scratches" ] || [ -L "$users_scratches" ]; then
    fail "no folder of one's own can be made at $users_scratches: let TMPDIR name another place"
  fi
  for left in "$scratches"/*; do
    kill -0 "${left##*/}" 2>/dev/null || rm -rf "$left"
  done
  # A process that had this one's number is no more.
  rm -rf "$scratch"
  mkdir -m 700 "$scratch" 2>/dev/null || fail "no folder can be made in $scratches: let TMPDIR name another place"
}
