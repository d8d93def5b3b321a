// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no build fills in, such as a Dockerfile, names the versions of the parent pom. */
class NamedVersionsTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void sparkIsThatOfTheBuild() throws IOException {
    assertThat(named("deploy", "\\b3\\.5\\.\\d+\\b"))
        .as("Dockerfile's and the operator's")
        .hasSizeGreaterThanOrEqualTo(2)
        .containsOnly(ofPom("spark.version"));
    assertThat(named("README.md", "\\b3\\.5\\.\\d+\\b")).containsOnly(ofPom("spark.version"));
    assertThat(named("README.md", "\\b4\\.\\d+\\.\\d+\\b")).containsOnly(ofPom("spark4.version"));
  }

  @Test
  void connectorToObjectStorageIsThatOfTheBuildsHadoop() throws IOException {
    for (String place : List.of("conf", "docs")) {
      assertThat(named(place, "hadoop-aws:\\d+\\.\\d+\\.\\d+"))
          .as(place)
          .isNotEmpty()
          .containsOnly("hadoop-aws:" + ofPom("hadoop.version"));
    }
  }

  /** The first of that name in the pom; what follows is a profile's. */
  private static String ofPom(String property) throws IOException {
    String name = Pattern.quote(property);
    Matcher found =
        Pattern.compile("<" + name + ">(.+?)</" + name + ">")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(found.find()).as(property).isTrue();
    return found.group(1);
  }

  private static List<String> named(String place, String version) throws IOException {
    Pattern pattern = Pattern.compile(version);
    List<String> named = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve(place))) {
      for (Path file : files.filter(NamedVersionsTest::isText).toList()) {
        pattern
            .matcher(Files.readString(file))
            .results()
            .map(MatchResult::group)
            .forEach(named::add);
      }
    }
    return named;
  }

  private static boolean isText(Path file) {
    return Files.isRegularFile(file) && !file.toString().endsWith(".png");
  }
}
