// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Floats, and as further outputs the least and the greatest value wherever some are computed. */
final class MeasuredRanges implements Precision {

  /** Reduces all axes to one number. */
  private static final Map<String, Long> TO_ONE = Map.of("keepdims", 0L);

  /** The names of two outputs, of one number each. */
  record Extremes(String least, String greatest) {}

  private final List<Extremes> extremes = new ArrayList<>();

  @Override
  public String computed(OnnxGraph graph, String value) {
    Extremes names = new Extremes("least_" + extremes.size(), "greatest_" + extremes.size());
    graph.name(graph.add("ReduceMin", TO_ONE, value), names.least);
    graph.name(graph.add("ReduceMax", TO_ONE, value), names.greatest);
    extremes.add(names);
    return value;
  }

  /** Returns the outputs, in the order in which values are computed. */
  List<Extremes> extremes() {
    return extremes;
  }

  @Override
  public List<String> outputs() {
    return extremes.stream().flatMap(names -> Stream.of(names.least, names.greatest)).toList();
  }
}
