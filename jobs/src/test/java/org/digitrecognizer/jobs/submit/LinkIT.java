// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every class of the jar against each line of Spark that it runs on, so that a call which one of
 * them does not have is found before a cluster finds it.
 */
@Tag("slow")
class LinkIT {

  private static final Path JAR = Path.of("target", "digit-recognizer-jobs.jar");
  private static final Path SPARK_3 = Path.of("target", "spark", "jars");
  private static final Path SPARK_4 = Path.of("..", "spark4", "target", "spark", "jars");

  private static final String MLLIB = "org/deeplearning4j/spark/util/MLLibUtil";

  /**
   * Deeplearning4j's, which none of ours calls: graphs in FlatBuffers, times of Joda, columns of
   * tables. Spark 3.5 has the libraries that they need, or older ones than Spark 4.
   */
  private static final Set<String> NOT_ON_THE_WAY =
      Set.of(
          "org/nd4j/graph/",
          "org/nd4j/shade/jackson/datatype/joda/",
          "org/datavec/",
          "de/javakaffee/kryoserializers/jodatime/");

  private static Map<String, Set<String>> on3;
  private static Map<String, Set<String>> on4;

  @BeforeAll
  static void link() throws IOException {
    assertThat(SPARK_4).as("'mvn -Pslow -pl spark4 package' collects it").isDirectory();
    on3 = new Linker(JAR, SPARK_3).unlinked();
    on4 = new Linker(JAR, SPARK_4).unlinked();
  }

  @Test
  void everyClassOfOursLinksAgainstBothLines() {
    assertThat(ours(on3)).as("on the Spark of the build").isEmpty();
    assertThat(ours(on4)).as("on Spark 4").isEmpty();
  }

  private static Map<String, Set<String>> ours(Map<String, Set<String>> unlinked) {
    Map<String, Set<String>> ours = new TreeMap<>(unlinked);
    ours.keySet()
        .removeIf(
            name ->
                !name.startsWith("org/digitrecognizer/")
                    || name.startsWith("org/digitrecognizer/shaded/"));
    return ours;
  }

  @Test
  void whatLinksOnOneLineLinksOnTheOther() {
    Map<String, Set<String>> only4 = new TreeMap<>(on4);
    only4.keySet().removeAll(on3.keySet());
    only4.keySet().removeIf(name -> NOT_ON_THE_WAY.stream().anyMatch(name::startsWith));
    assertThat(only4).isEmpty();
  }

  /** Else the check would look at nothing. */
  @Test
  void whatDoesNotLinkIsFound() {
    assertThat(on3).as("Spark's MLlib is not collected").containsKey(MLLIB);
    assertThat(on3.get(MLLIB)).contains("class org/apache/spark/mllib/linalg/Vector");
    assertThat(on4.get("org/datavec/spark/transform/DataFrames"))
        .as("a constructor that Spark 4 has not")
        .contains(
            "org/apache/spark/sql/SQLContext.<init>(Lorg/apache/spark/api/java/JavaSparkContext;)V");
  }
}
