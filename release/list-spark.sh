#!/usr/bin/env bash
# list-spark.sh TARGET OUTPUT PLUGIN_VERSION [GROUP:NAME:TYPE:VERSION ...]
# Writes what submit/fetch-spark.sh of a release needs: OUTPUT/pom.xml, which has Maven copy each jar that the build put into
# TARGET/spark/jars, by TARGET/spark.list and the artifacts given; and OUTPUT/SHA256SUMS of these jars.
set -euo pipefail

target=$1 output=$2 plugin=$3
shift 3

# The lines of Maven's list that name an artifact, group:name:type[:classifier]:version:scope, without the scope.
listed() {
  grep -oE '^ +[^ :]+(:[^ :]+){4,5}' "$target/spark.list" | sed -E -e 's/^ +//' -e 's/:[^:]*$//'
}

# The jar's name as Maven copies it: name-version[-classifier].jar.
file_name() {
  local group name type rest classifier
  IFS=: read -r group name type rest <<<"$1"
  classifier=${rest%:*}
  [ "$classifier" != "$rest" ] || classifier=
  echo "$name-${rest##*:}${classifier:+-$classifier}.$type"
}

item() {
  local group name type rest
  IFS=: read -r group name type rest <<<"$1"
  echo "              <artifactItem>"
  echo "                <groupId>$group</groupId>"
  echo "                <artifactId>$name</artifactId>"
  echo "                <version>${rest##*:}</version>"
  [ "${rest%:*}" = "$rest" ] || echo "                <classifier>${rest%:*}</classifier>"
  echo "              </artifactItem>"
}

pom() {
  cat <<END
<?xml version="1.0" encoding="UTF-8"?>
<!-- The Spark that this release was tested with. submit/fetch-spark.sh runs this, and checks SHA256SUMS. -->
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.digitrecognizer</groupId>
  <artifactId>digit-recognizer-spark</artifactId>
  <version>0</version>
  <packaging>pom</packaging>
  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-dependency-plugin</artifactId>
        <version>$plugin</version>
        <executions>
          <execution>
            <phase>package</phase>
            <goals>
              <goal>copy</goal>
            </goals>
            <configuration>
              <outputDirectory>\${jars}</outputDirectory>
              <silent>true</silent>
              <artifactItems>
END
  local artifact
  for artifact in "$@"; do
    item "$artifact"
  done
  cat <<END
              </artifactItems>
            </configuration>
          </execution>
        </executions>
      </plugin>
    </plugins>
  </build>
</project>
END
}

mapfile -t artifacts < <({ listed; printf '%s\n' "$@"; } | LC_ALL=C sort -u)
missing=$(diff <(cd "$target/spark/jars" && printf '%s\n' * | LC_ALL=C sort) \
  <(for artifact in "${artifacts[@]}"; do file_name "$artifact"; done | LC_ALL=C sort)) ||
  { echo "list-spark.sh: $target/spark/jars is not what $target/spark.list says: $missing" >&2 && exit 1; }
mkdir -p "$output"
pom "${artifacts[@]}" >"$output/pom.xml"
(cd "$target/spark/jars" && LC_ALL=C && sha256sum -- *) >"$output/SHA256SUMS"
