// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.digitrecognizer.failure.UserException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A part of a form's file, which knows where it stands.
 *
 * @param file that it is of, for messages
 * @param name by which the form knows it
 */
record FormNode(String file, String name, Node node) {

  /** Returns the error that says what was expected here. */
  UserException expected(String what) {
    return error(
        file, node.getStartMark().map(Mark::getLine).orElse(0), name + " is to be " + what);
  }

  /**
   * @param line from 0
   */
  static UserException error(String file, int line, String what) {
    return new UserException(file + ", line " + (line + 1) + ": " + what);
  }

  /**
   * Returns the parts by their names, in their order.
   *
   * @param known all names that there may be; empty for any
   */
  Map<String, FormNode> parts(Set<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      throw expected("names with values, as in 'digits: 8'");
    }
    Map<String, FormNode> parts = new LinkedHashMap<>();
    mapping
        .getValue()
        .forEach(
            tuple -> {
              FormNode key = new FormNode(file, "a name", tuple.getKeyNode());
              String part = key.text();
              if (!known.isEmpty() && !known.contains(part)) {
                throw new FormNode(file, "'" + part + "'", tuple.getKeyNode())
                    .expected("one of " + String.join(", ", known.stream().sorted().toList()));
              }
              if (parts.put(part, new FormNode(file, part, tuple.getValueNode())) != null) {
                throw new FormNode(file, "'" + part + "'", tuple.getKeyNode())
                    .expected("there once");
              }
            });
    return parts;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  List<FormNode> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw expected("a list, as in [3, 1]");
    }
    return sequence.getValue().stream().map(item -> new FormNode(file, name, item)).toList();
  }

  String text() {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw expected("a word or a number");
  }

  /** Reads a whole number between two others. */
  int number(int least, int most) {
    String text = text();
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least) {
      int number = Integer.parseInt(text);
      if (number <= most) {
        return number;
      }
    }
    throw expected("a whole number, " + least + " to " + most + ", not " + text);
  }

  boolean isTrue() {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw expected("true or false");
    };
  }
}
