#!/usr/bin/env bash
# Lays out the tree of the image that deploy/Dockerfile makes, from a release, and runs jobs in it as a container would:
# as a user without rights, HOME not there, root read-only, nothing but /tmp, /cache and /work to write to. Needs no
# container engine, but root (to mount), and Linux. What it is not: the image itself, whose system is not this machine's.
set -euo pipefail

usage() {
  cat <<'END'
Usage: deploy/try-image.sh RELEASE SPARK_JARS [COMMAND ...]

  RELEASE      The folder that a release was unpacked into.
  SPARK_JARS   Spark's jars, such as jobs/target/spark/jars.
  COMMAND      What to run in the image. Default: draw 20 scans, score them, and import a Keras model.

TRY_UID (185), TRY_TMP (512m) and TRY_CACHE (1g) say as whom, and how much may be written to /tmp and /cache.
END
}

[ $# -ge 2 ] || { usage >&2 && exit 2; }
[ "$(id -u)" = 0 ] || { echo "try-image: needs root, to mount" >&2 && exit 1; }
release=$(cd "$1" && pwd -P) jars=$(cd "$2" && pwd -P)
shift 2

# In a mount namespace of its own, so that nothing of it is left.
if [ -z "${TRY_INSIDE:-}" ]; then
  TRY_ROOT=$(mktemp -d)
  export TRY_ROOT
  trap 'rm -rf "$TRY_ROOT"' EXIT
  TRY_INSIDE=yes unshare --mount --propagation private "$0" "$release" "$jars" "$@"
  exit
fi

root=$TRY_ROOT
user=${TRY_UID:-185}

read_only() {
  mkdir -p "$root$2"
  mount --bind "$1" "$root$2"
  mount -o remount,bind,ro "$root$2"
}

lay_out() {
  mount -t tmpfs -o size=1m,mode=755 image "$root"
  local folder
  for folder in /usr /etc /lib /lib64 /bin /sbin; do
    if [ -L "$folder" ]; then
      ln -s "$(readlink "$folder")" "$root$folder"
    elif [ -d "$folder" ]; then
      read_only "$folder" "$folder"
    fi
  done
  read_only "$release" /opt/digits
  mount -t tmpfs spark "$root/opt/digits/spark"
  mkdir "$root/opt/digits/spark/jars"
  read_only "$jars" /opt/digits/spark/jars
  mkdir -p "$root"/{proc,dev,tmp,cache,work}
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs -o "size=${TRY_TMP:-512m},mode=1777" tmp "$root/tmp"
  mount -t tmpfs -o "size=${TRY_CACHE:-1g},mode=1777" cache "$root/cache"
  mount -t tmpfs -o mode=1777 work "$root/work"
  # As the image has it: one user besides root.
  printf 'root:x:0:0::/root:/bin/sh\nspark:x:185:0::/nonexistent:/bin/sh\n' >"$root/work/passwd"
  mount --bind "$root/work/passwd" "$root/etc/passwd"
  mount -o remount,ro "$root"
}

as_user() {
  chroot "$root" /usr/bin/setpriv --reuid="$user" --regid=0 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
    /usr/bin/env -i PATH=/usr/bin:/bin HOME=/nonexistent JAVA_HOME="$java_home" LC_ALL=C.UTF-8 XDG_CACHE_HOME=/cache DIGITS_NATIVES=/cache/digits \
    "$@"
}

java_home=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
lay_out
if [ $# -gt 0 ]; then
  as_user "$@"
  exit
fi
digits=/opt/digits/submit/digits
cache='-Dorg.bytedeco.javacpp.cachedir=/cache/javacpp'
as_user /bin/sh -c 'id -u; touch /opt/digits/x /x 2>&1 || true'
as_user "$digits" samples --source file:/opt/digits/data/mnist --output file:/work/scans --images 20
as_user "$digits" score --archives file:/work/scans/digits.zip --model file:/opt/digits/models/scans --output file:/work/scores
as_user "$digits" import-keras --h5 file:/opt/digits/models/scans/handwritten-digit-mnist-model.h5 --output file:/work/imported \
  -- --driver-java-options "$cache"
du -sm "$root/tmp" "$root/cache" "$root/work"
