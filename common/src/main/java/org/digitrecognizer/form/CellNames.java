// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells by an image's name which cell of a form it is. */
public final class CellNames implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String POSITION = "\\d{1,6}";

  private final Pattern group;
  private final Set<String> fields;

  /**
   * @param form whose images are cells
   */
  public CellNames(Form form) {
    this.group = Pattern.compile(form.group());
    this.fields =
        form.fields().stream().map(Field::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Finds the form's pattern anywhere in a name.
   *
   * @return the cell; empty if the pattern is not there, or names no cell of the form
   */
  public Optional<CellName> of(String name) {
    Matcher matcher = group.matcher(name);
    if (!matcher.find() || matcher.group("sheet") == null) {
      return Optional.empty();
    }
    String field = matcher.group("field");
    String position = matcher.group("position");
    boolean isCell = field != null && position != null && fields.contains(field);
    return isCell && position.matches(POSITION)
        ? Optional.of(new CellName(matcher.group("sheet"), field, Integer.parseInt(position)))
        : Optional.empty();
  }

  /** Returns why a name is that of no cell, in one line. */
  public String problem(String name) {
    Matcher matcher = group.matcher(name);
    if (!matcher.find()) {
      return "Its name does not match the form's 'group'";
    }
    String field = matcher.group("field");
    return field != null && !fields.contains(field)
        ? "The form has no field '" + field + "', only " + String.join(", ", fields)
        : "Its name matches the form's 'group', but gives no sheet, field or position in digits";
  }
}
