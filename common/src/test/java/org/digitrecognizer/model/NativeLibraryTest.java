// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {

  private static final Set<String> OLD = Set.of("sse4_2", "avx");
  private static final Set<String> USUAL = Set.of("sse4_2", "avx", "avx2", "fma");

  @Test
  void thisMachineRunsWhatTheBuildChoseForIt() {
    assertThatCode(NativeLibrary::require).doesNotThrowAnyException();
  }

  @Test
  void aProcessorThatIsTooOldIsNamedWithWhatItLacks() {
    assertThat(problem("linux-x86_64-onednn-avx2", OLD))
        .contains(
            "the processor of node7 lacks avx2, fma, which the jar's native library"
                + " (linux-x86_64-onednn-avx2) needs; build it with"
                + " -Dnd4j.classifier=linux-x86_64-onednn");
    assertThat(problem("linux-x86_64-onednn-avx512", USUAL).orElseThrow())
        .contains("node7 lacks avx512bw, avx512dq, avx512f, avx512vl, which");
  }

  @Test
  void whatNeedsLessRunsEverywhere() {
    assertThat(problem("linux-x86_64-onednn-avx2", USUAL)).isEmpty();
    assertThat(problem("linux-x86_64-onednn", OLD)).isEmpty();
    assertThat(problem("linux-x86_64", OLD)).isEmpty();
  }

  @Test
  void aSystemThatDoesNotTellIsTrusted() {
    assertThat(problem("linux-x86_64-onednn-avx2", Set.of())).isEmpty();
    assertThat(NativeLibrary.features(Stream.of("processor: 0", "BogoMIPS: 50"))).isEmpty();
  }

  @Test
  void anotherPlatformIsNamed() {
    assertThat(problem("linux-arm64", OLD))
        .contains(
            "node7 is a machine of the kind linux-x86_64, for which the jar has no native library;"
                + " build it with -Dnd4j.classifier=linux-x86_64");
  }

  @Test
  void featuresAreThoseOfTheFirstProcessor() {
    assertThat(
            NativeLibrary.features(
                Stream.of("processor\t: 0", "flags\t\t: fpu avx2  fma", "flags\t\t: fpu")))
        .containsExactlyInAnyOrder("fpu", "avx2", "fma");
  }

  private static Optional<String> problem(String classifier, Set<String> features) {
    return NativeLibrary.problem("linux-x86_64", classifier::equals, features, "node7");
  }
}
