// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** target/bom.json, beside what is in the jar. */
class BillOfMaterialsIT {

  private static final Path TARGET = Path.of("target");

  /** Of these there is a class for annotations at most. */
  private static final String WITHOUT_CODE =
      "com\\.google\\.(errorprone|j2objc|code\\.findbugs):.*|.*:listenablefuture:.*";

  @BeforeAll
  static void isMade() {
    assumeThat(TARGET.resolve("bom.json")).as("made by Maven where it is online").exists();
  }

  @Test
  void listsWhatTheJarHolds() throws IOException {
    Set<String> held = held(TARGET.resolve("digit-recognizer-jobs.jar"));
    assertThat(held).contains("org.nd4j:nd4j-api:1.0.0-M2.1").hasSizeGreaterThan(30);
    held.removeIf(library -> library.startsWith("org.digitrecognizer:digit-recognizer-jobs:"));
    assertThat(listed()).containsAll(held);
  }

  /** Its jars say what is in them, and ours leaves some of that out. */
  @Test
  void listsWhatNd4jCarriesUnderOtherNames() throws Exception {
    Set<String> inside = new TreeSet<>();
    for (Class<?> some :
        List.of(
            org.nd4j.shade.guava.collect.Lists.class,
            org.nd4j.shade.protobuf.ByteString.class,
            org.nd4j.shade.jackson.core.JsonFactory.class)) {
      inside.addAll(
          held(Path.of(some.getProtectionDomain().getCodeSource().getLocation().toURI())));
    }
    inside.removeIf(library -> library.matches(WITHOUT_CODE));
    assertThat(inside)
        .contains("com.google.guava:guava:28.0-android", "org.yaml:snakeyaml:1.26")
        .isSubsetOf(listed());
  }

  @Test
  void listsNothingOfTheClustersNorOfTheTests() throws IOException {
    assertThat(listed())
        .isNotEmpty()
        .noneMatch(
            library -> library.matches("org\\.(apache\\.(spark|hadoop)|scala-lang|junit).*"));
  }

  @Test
  void tellsNotWhereItWasMade() throws IOException {
    assertThat(Files.readString(TARGET.resolve("bom.json")))
        .doesNotContain(Path.of("..").toRealPath().toString());
  }

  private static Set<String> listed() throws IOException {
    JsonNode bom = new ObjectMapper().readTree(TARGET.resolve("bom.json").toFile());
    assertThat(bom.get("bomFormat").asText()).isEqualTo("CycloneDX");
    Set<String> libraries = new TreeSet<>();
    for (JsonNode component : bom.get("components")) {
      libraries.add(
          String.join(
              ":",
              component.get("group").asText(),
              component.get("name").asText(),
              component.get("version").asText()));
    }
    return libraries;
  }

  private static Set<String> held(Path file) throws IOException {
    Set<String> libraries = new TreeSet<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        if (entry.getName().matches("META-INF/maven/.*/pom\\.properties")) {
          Properties maven = new Properties();
          maven.load(jar.getInputStream(entry));
          libraries.add(
              String.join(
                  ":",
                  maven.getProperty("groupId"),
                  maven.getProperty("artifactId"),
                  maven.getProperty("version")));
        }
      }
    }
    return libraries;
  }
}
