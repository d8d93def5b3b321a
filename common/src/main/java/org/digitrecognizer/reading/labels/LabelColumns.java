// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading.labels;

import java.util.List;
import java.util.Locale;

/**
 * Which columns of a file of labels are what.
 *
 * @param bySource whether the names are sources, else they are entries or, of numbers, sheets
 * @param name place of the names' column, from 0
 * @param field place of the fields' column, from 0; -1 if there is none
 * @param label place of the labels' column, from 0
 * @param count columns in all, but for those without a name at the end
 */
record LabelColumns(boolean bySource, int name, int field, int label, int count) {

  /**
   * Finds the columns that are needed among all; capitals and columns without a name do not matter.
   *
   * @param numbers whether the labels are whole numbers, and not digits
   * @throws IllegalArgumentException if one is missing, or there twice
   */
  static LabelColumns of(List<String> header, boolean numbers) {
    List<String> names = header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    int digit = indexOf(names, "label");
    int label = numbers && digit < 0 ? indexOf(names, "number") : digit;
    int source = indexOf(names, "source");
    int name = source >= 0 ? source : indexOf(names, numbers ? "sheet" : "entry");
    if (label < 0 || name < 0) {
      throw new IllegalArgumentException(
          "its columns are "
              + header
              + (numbers ? ", not number and source or sheet" : ", not label and source or entry"));
    }
    int count = names.size();
    while (names.get(count - 1).isEmpty()) {
      count--;
    }
    int field = numbers && source < 0 ? indexOf(names, "field") : -1;
    return new LabelColumns(source >= 0, name, field, label, count);
  }

  private static int indexOf(List<String> names, String name) {
    int index = names.indexOf(name);
    if (names.lastIndexOf(name) != index) {
      throw new IllegalArgumentException("it has a column " + name + " twice");
    }
    return index;
  }
}
