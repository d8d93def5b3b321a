// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rooms of this module, and which of them know each other: an arrow only ever points down. */
class ArchitectureTest {

  private static final String HOUSE = "org.digitrecognizer.";

  /** Each room, and the rooms it may know. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          Map.entry("report", List.of("evaluation", "digit", "failure")),
          Map.entry("evaluation", List.of("model", "digit", "failure")),
          Map.entry(
              "reading",
              List.of(
                  "form", "number", "inference", "archive", "scan", "storage", "digit", "failure")),
          Map.entry("review", List.of("reading", "number", "storage", "digit", "failure")),
          Map.entry("form", List.of("number", "failure")),
          Map.entry("number", List.of("scan", "digit", "failure")),
          Map.entry("storage", List.of("failure")),
          Map.entry("keras", List.of("model", "digit", "failure")),
          Map.entry("onnx", List.of("inference", "model", "digit", "failure")),
          Map.entry("inference", List.of("model", "digit", "failure")),
          Map.entry("training", List.of("model", "scan", "digit", "failure")),
          Map.entry("model", List.of("storage", "digit", "failure")),
          Map.entry("archive", List.of("digit", "failure")),
          Map.entry("scan", List.of("digit", "failure")),
          Map.entry("mnist", List.of("digit", "failure")),
          Map.entry("digit", List.of()),
          Map.entry("failure", List.of()));

  private static JavaClasses classes;

  @BeforeAll
  static void importClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.digitrecognizer");
  }

  @Test
  void roomsKnowOnlyRoomsBelowThem() {
    LayeredArchitecture house =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String room : new TreeMap<>(ROOMS).keySet()) {
      house = house.layer(room).definedBy("org.digitrecognizer." + room + "..");
    }
    for (Map.Entry<String, List<String>> room : ROOMS.entrySet()) {
      String[] known = room.getValue().toArray(String[]::new);
      LayeredArchitecture.LayerDependencySpecification layer = house.whereLayer(room.getKey());
      house = known.length == 0 ? layer.mayNotAccessAnyLayer() : layer.mayOnlyAccessLayers(known);
    }
    house.check(classes);
  }

  @Test
  void everyRoomIsKnown() {
    Set<String> rooms =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(HOUSE))
            .map(name -> name.substring(HOUSE.length()).replaceFirst("\\..*", ""))
            .collect(Collectors.toSet());
    assertThat(rooms).isEqualTo(ROOMS.keySet());
  }

  @Test
  void roomsFormNoCircle() {
    SlicesRuleDefinition.slices()
        .matching("org.digitrecognizer.(*)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }

  @Test
  void nothingKnowsSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", "org.deeplearning4j.spark..")
        .check(classes);
  }
}
