// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A layer as a Keras file describes it. Keras 2 and 3 give most settings the same names. */
final class LayerConfig {

  private final String kind;
  private final String name;
  private final JsonNode settings;

  /**
   * @param described {@code {"class_name": …, "config": {…}}}
   */
  LayerConfig(JsonNode described) {
    this.kind = described.path("class_name").asText();
    this.settings = described.path("config");
    this.name = settings.path("name").asText();
  }

  /** Returns Keras' name of the layer's class. */
  String kind() {
    return kind;
  }

  String name() {
    return name;
  }

  /** Returns what stops the conversion, with the layer's name. */
  Unconvertible refused(String why) {
    return new Unconvertible("layer '" + name + "' (" + kind + "): " + why);
  }

  /** Returns a setting as it stands; missing where there is none. */
  JsonNode get(String setting) {
    return settings.path(setting);
  }

  boolean isTrue(String setting, boolean otherwise) {
    return get(setting).asBoolean(otherwise);
  }

  double number(String setting, double otherwise) {
    JsonNode value = get(setting);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw refused(setting + " is " + value + ", expected a number");
    }
    return value.doubleValue();
  }

  /** Returns a number above 0. */
  int count(String setting) {
    return positive(setting, get(setting));
  }

  /** Returns what is said for rows and columns. */
  int[] pair(String setting, int otherwise) {
    JsonNode value = get(setting);
    if (value.isMissingNode() || value.isNull()) {
      return new int[] {otherwise, otherwise};
    }
    if (value.isInt()) {
      return new int[] {positive(setting, value), positive(setting, value)};
    }
    if (value.size() != 2) {
      throw refused(setting + " is " + value + ", expected two numbers");
    }
    return new int[] {positive(setting, value.get(0)), positive(setting, value.get(1))};
  }

  private int positive(String setting, JsonNode value) {
    if (!value.isInt() || value.intValue() < 1) {
      throw refused(setting + " is " + value + ", expected a whole number above 0");
    }
    return value.intValue();
  }

  /** Returns the shape of the input that the layer declares, without the batch. */
  Optional<long[]> inputShape() {
    JsonNode shape = get("batch_shape").isArray() ? get("batch_shape") : get("batch_input_shape");
    if (!shape.isArray()) {
      return Optional.empty();
    }
    long[] sizes = new long[Math.max(0, shape.size() - 1)];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shape.get(i + 1).asLong();
    }
    return Optional.of(sizes);
  }

  /** Refuses a setting that has another value than the one that can be converted. */
  void require(String setting, String expected) {
    JsonNode value = get(setting);
    if (!value.isMissingNode() && !value.isNull() && !value.asText().equals(expected)) {
      throw refused(setting + " is " + value + ", expected " + expected);
    }
  }
}
