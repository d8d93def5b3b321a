#!/usr/bin/env bash
# Scans a second of scoring from object storage and to it, beside the same from and to a local disk.
set -euo pipefail

usage() {
  cat <<'END'
Usage: benchmarks/object-storage.sh MODEL [IMAGES]

Draws a zip of IMAGES PNG scans of 28 to 64 pixels (default 100000), puts it into a server of object
storage on loopback (S3Proxy, in memory) and scores it with two cores: from file: to file:, and from
s3a: to s3a:, in turn, twice each. Prints the seconds of the whole run, from before Spark starts, of
the faster one of each; how their speeds compare; and how many requests the first run from s3a: made,
beside what docs/object-storage.md says. The server runs on the same cores. The model is local.

MODEL is a model directory that 'digits train' wrote. Leave the machine alone meanwhile. Build first:
mvn -Pslow -DskipTests package

SCANS   a folder for the scans, which are drawn if they are not there; default: a new one, deleted at
        the end
PORT    of the server; default 18080
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
images=${2:-100000}
port=${PORT:-18080}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
if [ ! -d "$home/s3/target/server" ]; then
  echo "s3/target/server is missing: run 'mvn -Pslow -DskipTests package' first" >&2
  exit 1
fi
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
scans=${SCANS:-$work/scans}
mkdir -p "$scans"
scans=$(cd "$scans" && pwd -P)
endpoint=http://127.0.0.1:$port
export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any

start_server() {
  cat >"$work/s3proxy.properties" <<END
s3proxy.authorization=none
s3proxy.endpoint=$endpoint
jclouds.provider=transient
jclouds.identity=any
jclouds.credential=any
END
  # A line for each request, and nothing else.
  cat >"$work/logback.xml" <<'END'
<configuration>
  <appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%msg%n</pattern></encoder></appender>
  <logger name="org.gaul.s3proxy.S3ProxyHandler" level="DEBUG"/>
  <root level="WARN"><appender-ref ref="out"/></root>
</configuration>
END
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -Dlogback.configurationFile="$work/logback.xml" \
    -cp "$home/s3/target/server/*" org.gaul.s3proxy.Main --properties "$work/s3proxy.properties" >"$work/requests" 2>&1 &
  server=$!
  until curl -s -f -o "$work/answer" -X PUT "$endpoint/digits"; do
    kill -0 "$server" || exit 1
    sleep 0.2
  done
  curl -s -f -o "$work/answer" -T "$archive" "$endpoint/digits/archives/digits.zip"
}

# ARCHIVES OUTPUT: scores, $seconds long.
score() {
  local start
  start=$(date +%s.%N)
  "$home/submit/digits" score --archives "$1" --model "file:$model" --output "$2" --overwrite -- \
    --master 'local[2]' --conf spark.hadoop.fs.s3a.endpoint="$endpoint" \
    --conf spark.hadoop.fs.s3a.path.style.access=true \
    --conf spark.hadoop.fs.s3a.multiobjectdelete.enable=false \
    --conf spark.hadoop.fs.s3a.directory.marker.retention=keep \
    --conf spark.hadoop.fs.s3a.experimental.input.fadvise=random \
    --conf spark.hadoop.fs.s3a.readahead.range=1M \
    --conf spark.driver.extraClassPath="$home/s3/target/connector/*" >"$work/log"
  seconds=$(date +%s.%N | awk -v start="$start" '{ print $1 - start }')
}

requests() {
  grep -c 'request: Request(' "$work/requests" || true
}

# The least of some numbers.
least() {
  printf '%s\n' "$@" | sort -g | head -n 1
}

archive=$scans/$images-zip-28-64/digits.zip
[ -e "${archive%/*}/labels.csv" ] ||
  "$home/submit/digits" samples --source "file:$home/data/mnist" --output "file:${archive%/*}" \
    --images "$images" --archive zip --min-size 28 --max-size 64 --overwrite >"$work/log"
start_server
local_seconds=() remote_seconds=() made=
for round in 1 2; do
  score "file:$archive" "file:$work/output-$round"
  local_seconds+=("$seconds")
  before=$(requests)
  score s3a://digits/archives "s3a://digits/output-$round"
  remote_seconds+=("$seconds")
  made=${made:-$(($(requests) - before))}
done
awk -v n="$images" -v ours="$(least "${local_seconds[@]}")" -v theirs="$(least "${remote_seconds[@]}")" -v made="$made" 'BEGIN {
  chunks = int((n + 47951) / 47952)
  ranges = int((n + 2047) / 2048)
  printf "%-28s %12s %12s\n", "scoring " n " scans", "seconds", "scans/s"
  printf "%-28s %12.1f %12.0f\n", "file:", ours, n / ours
  printf "%-28s %12.1f %12.0f\n", "s3a:", theirs, n / theirs
  printf "%-28s %12s %12.2f\n", "s3a: / file:", "", ours / theirs
  printf "%-28s %12d %12s\n", "requests", made, "(" 550 + 185 * chunks + 40 * ranges ", and 8 a page of the desk)"
}'
