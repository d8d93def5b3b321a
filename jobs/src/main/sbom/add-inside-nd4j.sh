#!/usr/bin/env bash
# add-inside-nd4j.sh BOM: adds what inside-nd4j.txt lists to the components of a CycloneDX list in JSON, unless it is there.
set -euo pipefail
bom=$1 list=$(dirname "$0")/inside-nd4j.txt

# JSON, each component ended by a comma, as they come before others.
components() {
  local name jar licence group artifact version
  grep -v '^#' "$list" | while read -r name jar licence; do
    IFS=: read -r group artifact version <<<"$name"
    cat <<END
    {
      "type" : "library",
      "bom-ref" : "pkg:maven/$group/$artifact@$version?inside=org.nd4j%2F$jar",
      "group" : "$group",
      "name" : "$artifact",
      "version" : "$version",
      "description" : "Inside org.nd4j:$jar, its packages renamed to org.nd4j.shade",
      "licenses" : [ { "license" : { "id" : "$licence" } } ],
      "purl" : "pkg:maven/$group/$artifact@$version"
    },
END
  done
}

# Where Maven is offline there is no list.
[ -f "$bom" ] || exit 0
! grep -q '"bom-ref" : ".*?inside=org.nd4j' "$bom" || exit 0
components >"$bom.inside"
sed -e "/^  \"components\" : \[/r $bom.inside" "$bom" >"$bom.new"
rm "$bom.inside"
mv "$bom.new" "$bom"
