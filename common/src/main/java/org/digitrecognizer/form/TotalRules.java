// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.digitrecognizer.form.Form.ImageKind;

/** Reads which fields are sums of others, and checks that these are there and form no circle. */
final class TotalRules {

  private static final String TOTAL = "total";

  private TotalRules() {}

  /** Reads the names of the fields that are added. */
  static List<String> parts(FormNode total) {
    List<String> parts = Arrays.stream(total.text().split("\\+", -1)).map(String::strip).toList();
    if (parts.size() < 2 || parts.contains("")) {
      throw total.expected(
          "two fields or more with + between them, as in amount + fee, not " + total.text());
    }
    Set<String> seen = new HashSet<>();
    for (String part : parts) {
      if (!seen.add(part)) {
        throw total.expected("a sum of different fields, and '" + part + "' is there twice");
      }
    }
    return parts;
  }

  /**
   * Checks the totals of a form.
   *
   * @param nodes of the fields, by name
   */
  static void check(ImageKind image, List<Field> fields, Map<String, FormNode> nodes) {
    Map<String, List<String>> totals = new LinkedHashMap<>();
    fields.forEach(field -> totals.put(field.name(), field.total()));
    for (Field field : fields) {
      if (field.total().isEmpty()) {
        continue;
      }
      FormNode node = nodes.get(field.name()).parts(Set.of()).get(TOTAL);
      if (image == ImageKind.NUMBER) {
        throw node.expected("left out where an image is one number: there is nothing to add");
      }
      for (String part : field.total()) {
        if (!totals.containsKey(part)) {
          throw node.expected(
              "a sum of fields of the form ("
                  + String.join(", ", totals.keySet())
                  + "), and '"
                  + part
                  + "' is none of them");
        }
      }
      if (reaches(field.name(), field.name(), totals, new HashSet<>())) {
        throw node.expected(
            "a sum of other fields, and '" + field.name() + "' would be a part of itself");
      }
    }
  }

  private static boolean reaches(
      String from, String field, Map<String, List<String>> totals, Set<String> seen) {
    for (String part : totals.getOrDefault(from, List.of())) {
      if (part.equals(field) || (seen.add(part) && reaches(part, field, totals, seen))) {
        return true;
      }
    }
    return false;
  }
}
