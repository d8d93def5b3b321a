// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls between the jobs. */
class ArchitectureTest {

  private static final String JOBS = "org.digitrecognizer.jobs";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(JOBS);

  @Test
  void jobsKnowOnlyWhatTheyShare() {
    DescribedPredicate<JavaClass> shared =
        JavaClass.Predicates.resideInAnyPackage(
            JOBS + ".launch..", JOBS + ".dataset..", JOBS + ".reading..", JOBS + ".averaging..");
    slices()
        .matching(JOBS + ".(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(DescribedPredicate.alwaysTrue(), shared)
        .check(CLASSES);
  }

  @Test
  void whatIsSharedKnowsNoJob() {
    knowsNoPackageOfOurs(".launch..", JOBS + ".launch..");
    knowsNoPackageOfOurs(".reading..", JOBS + ".launch..", JOBS + ".reading..");
    knowsNoPackageOfOurs(".averaging..", JOBS + ".reading..", JOBS + ".averaging..");
    knowsNoPackageOfOurs(".dataset..", JOBS + ".launch..", JOBS + ".dataset..");
  }

  private static void knowsNoPackageOfOurs(String shared, String... butFor) {
    noClasses()
        .that()
        .resideInAPackage(JOBS + shared)
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage(JOBS + "..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(butFor))))
        .check(CLASSES);
  }

  @Test
  void roomsOfScoringKnowNeitherTheRoomAboveThemNorEachOtherInACircle() {
    noClasses()
        .that()
        .resideInAPackage(JOBS + ".score.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(JOBS + ".score")
        .check(CLASSES);
    slices().matching(JOBS + ".score.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noRoomOfScoringIsLarge() {
    Map<String, Long> files =
        CLASSES.stream()
            .filter(each -> each.getPackageName().startsWith(JOBS + ".score"))
            .filter(JavaClass::isTopLevelClass)
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files).hasSizeGreaterThan(5).allSatisfy(ArchitectureTest::isSmall);
  }

  private static void isSmall(String room, long files) {
    assertThat(files).as(room).isLessThanOrEqualTo(15);
  }

  @Test
  void onlyOneClassEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Digits.class.getName())
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void theRulesSeeTheClasses() {
    assertThat(CLASSES.contain(Digits.class)).isTrue();
  }
}
