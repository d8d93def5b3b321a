#!/usr/bin/env bash
# Opens the notebooks in Jupyter, with a Java kernel that is set up here and nowhere else.
set -eo pipefail

# shellcheck source=submit/common.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../submit/common.sh"

# What the build has made; in a release it lies beside the notebooks.
target=$home/notebooks/target
! is_release || target=$home/notebooks

usage() {
  cat <<'END'
Usage: notebooks/start.sh [--execute OUTPUT] [--notebooks FOLDER] [DIR] [-- Jupyter's options]

Opens the notebooks in Jupyter, on what submit/quickstart.sh left in DIR. Builds first what is not
built yet. Needs Jupyter: Debian's jupyter-notebook, or jupyterlab of pip.

  DIR                 Default: ./work. Also a URI of storage that this machine can read.
  --execute OUTPUT    Opens nothing: runs every notebook once and writes it, with what it shows, into
                      the folder OUTPUT. Ends with status 1 at the first cell that fails. Needs
                      nbconvert only: Debian's jupyter-nbconvert, or nbconvert of pip.
  --notebooks FOLDER  Notebooks of your own, instead of those of the project.
END
}

parse_options() {
  output=
  directory=
  notebooks=$home/notebooks
  jupyter_args=()
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage && exit 0 ;;
      --execute | --notebooks)
        [ -n "${2-}" ] || fail "$1 needs a folder; see notebooks/start.sh --help" 2
        if [ "$1" = --execute ]; then output=$2; else notebooks=$2; fi
        shift
        ;;
      --) shift && jupyter_args=("$@") && break ;;
      -*) fail "no option $1; see notebooks/start.sh --help" 2 ;;
      *)
        [ -z "$directory" ] || fail "one DIR only, not $directory and $1" 2
        directory=$1
        ;;
    esac
    shift
  done
}

choose_directory() {
  directory=${directory:-work}
  case $directory in
    *:/*) ;;
    *)
      [ -d "$directory/scores" ] || fail "$directory/scores is missing: run submit/quickstart.sh first, or name the folder that it ran in"
      directory=$(cd "$directory" && pwd -P)
      ;;
  esac
  export DIGITS_WORK=$directory
}

# The first Jupyter command of the names given, after what Debian and pip call it, that is installed.
find_jupyter() {
  local name
  for name in "${@:3}"; do
    if command -v "jupyter-$name" >/dev/null; then
      jupyter=jupyter-$name
      return
    fi
  done
  fail "no jupyter-${*: -1} found: install it with 'apt-get install $1' or 'pip install $2'"
}

build() {
  if [ ! -f "$target/digit-recognizer-notebooks.jar" ] || [ ! -f "$built/digit-recognizer-jobs.jar" ]; then
    command -v mvn >/dev/null || fail "no mvn found: install Maven 3.8 or newer, which builds the kernel"
    echo "Building (about a minute) ..." >&2
    (cd "$home" && mvn -B -q -DskipTests package) || fail "the build failed: see above"
  fi
}

prepare() {
  is_release || build
  [ -d "$built/spark/jars" ] || fail "$built/spark/jars is missing: run $(maker)"
  "$java" --list-modules | grep -q '^jdk.jshell@' || fail "$java has no JShell: let JAVA_HOME name a JDK"
}

# As a string in JSON, or in an argument file of java's: the same rules.
quoted() {
  local text=${1//\\/\\\\}
  echo "\"${text//\"/\\\"}\""
}

# The kernel's own Gson stands before Spark's.
make_kernel() {
  local kernel=$target/jupyter/kernels/java jars=$built
  mkdir -p "$kernel"
  {
    cat "$target/kernel/jvm.args"
    echo "-cp"
    quoted "$target/digit-recognizer-notebooks.jar:$target/kernel/jars/*:$jars/digit-recognizer-jobs.jar:$jars/spark/jars/*"
    echo "-Dlog4j2.configurationFile=$(quoted "file:${home// /%20}/conf/log4j2.properties")"
    echo "org.digitrecognizer.notebook.kernel.KernelMain"
  } >"$kernel/java.args"
  cat >"$kernel/kernel.json" <<END
{
  "argv": [$(quoted "$java"), $(quoted "@$kernel/java.args"), "{connection_file}"],
  "display_name": "Java",
  "language": "java",
  "interrupt_mode": "message"
}
END
  export JUPYTER_PATH=$target/jupyter${JUPYTER_PATH:+:$JUPYTER_PATH}
  export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1} SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
}

execute() {
  mkdir -p "$output"
  output=$(cd "$output" && pwd -P)
  local notebook name
  for notebook in "$notebooks"/*.ipynb; do
    name=$(basename "$notebook")
    "$jupyter" --to notebook --execute --log-level ERROR --output-dir "$output" --output "$name" \
      --ExecutePreprocessor.timeout=600 --ExecutePreprocessor.startup_timeout=120 \
      --ExecutePreprocessor.record_timing=False "${jupyter_args[@]}" "$notebook" ||
      fail "$name failed: see above"
    echo "Ran $name"
  done
}

parse_options "$@"
find_java
choose_directory
if [ -n "$output" ]; then
  find_jupyter jupyter-nbconvert nbconvert nbconvert
  prepare
  make_kernel
  execute
else
  find_jupyter jupyter-notebook jupyterlab lab notebook
  prepare
  make_kernel
  exec "$jupyter" "${jupyter_args[@]}" "$notebooks"
fi
