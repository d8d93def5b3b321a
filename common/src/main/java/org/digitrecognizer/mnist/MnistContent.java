// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.mnist;

import java.util.Arrays;
import java.util.List;

/**
 * What a split was found to hold.
 *
 * @param classes how many digits of each class, 0 to 9
 * @param sources the files it came from, images first
 */
public record MnistContent(List<Long> classes, List<SourceFile> sources) {

  /** Keeps copies. */
  public MnistContent {
    classes = List.copyOf(classes);
    sources = List.copyOf(sources);
  }

  MnistContent(long[] classes, List<SourceFile> sources) {
    this(Arrays.stream(classes).boxed().toList(), sources);
  }

  /** Returns how many digits there are. */
  public long count() {
    return classes.stream().mapToLong(Long::longValue).sum();
  }
}
