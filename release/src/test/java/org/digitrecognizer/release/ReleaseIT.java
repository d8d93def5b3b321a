// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.digitrecognizer.release.Unpacked.Run;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that users unpack: what is in it, and that it runs where it is unpacked. */
class ReleaseIT {

  /** To a file, not to another site nor within the page. */
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @TempDir static Path directory;

  private static Unpacked release;

  @BeforeAll
  static void unpack() throws Exception {
    release = Unpacked.into(directory);
  }

  /** Else JUnit would warn of it. */
  @AfterAll
  static void takeTheSparkBack() throws IOException {
    Files.deleteIfExists(release.home().resolve("spark/jars"));
  }

  @Test
  void holdsWhatAUserNeeds() {
    for (String file :
        List.of(
            "digit-recognizer-jobs.jar",
            "digit-recognizer-jobs.bom.json",
            "README.md",
            "CHANGELOG.md",
            "SECURITY.md",
            "LICENSE",
            "NOTICE",
            "SHA256SUMS",
            "conf/score.properties",
            "conf/spark-local.conf",
            "deploy/Dockerfile",
            "docs/output-format.md",
            "models/scans/model.json",
            "models/scans/network.zip",
            "data/mnist/train-images-idx3-ubyte.gz",
            "notebooks/01-dataset.ipynb",
            "notebooks/python/scores.ipynb",
            "notebooks/digit-recognizer-notebooks.jar",
            "notebooks/kernel/jvm.args",
            "spark/pom.xml",
            "spark/SHA256SUMS",
            "submit/common.sh")) {
      assertThat(release.home().resolve(file)).isRegularFile();
    }
    for (String script :
        List.of(
            "submit/digits",
            "submit/cluster",
            "submit/quickstart.sh",
            "submit/archive-classes.sh",
            "submit/fetch-spark.sh",
            "notebooks/start.sh")) {
      assertThat(release.home().resolve(script)).isExecutable();
    }
  }

  @Test
  void holdsNoSourcesAndNothingThatWasMadeByTheWay() throws IOException {
    assertThat(files())
        .noneMatch(file -> file.matches("(.*/)?(src|target|work|\\.git)/.*|(.*/)?\\..*"))
        .noneMatch(file -> file.endsWith(".jsa"));
  }

  @Test
  void sumsAreThoseOfAllFiles() throws Exception {
    String name = release.home().getFileName().toString();
    Run check = release.run("bash", "-c", "cd '" + name + "' && sha256sum --quiet -c SHA256SUMS");
    assertThat(check.status()).as(check.toString()).isZero();
    Set<String> listed =
        Files.readAllLines(release.home().resolve("SHA256SUMS")).stream()
            .map(line -> line.substring(line.indexOf("  ") + 2))
            .collect(Collectors.toCollection(TreeSet::new));
    listed.add("SHA256SUMS");
    assertThat(files()).isEqualTo(listed);
    Path archive = Unpacked.archive();
    Run whole =
        release.run(
            "bash", "-c", "cd '" + archive.getParent() + "' && sha256sum --quiet -c *.sha256");
    assertThat(whole.status()).as(whole.toString()).isZero();
  }

  /** As far as that shows in one build; docs/releasing.md compares two. */
  @Test
  void nothingInItTellsWhenOrByWhomItWasBuilt() throws Exception {
    Run list =
        release.run(
            "tar", "--numeric-owner", "--full-time", "-tvzf", Unpacked.archive().toString());
    assertThat(list.status()).as(list.toString()).isZero();
    assertThat(
            list.output()
                .lines()
                .map(line -> line.split(" +", 6))
                .map(fields -> String.join(" ", fields[1], fields[3], fields[4]))
                .distinct())
        .as("owner and time of all entries")
        .singleElement()
        .asString()
        .startsWith("0/0 ");
    List<String> names = list.output().lines().map(line -> line.split(" +", 6)[5]).toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void everyPictureAndPageThatTheReadmeLinksToIsThere() throws IOException {
    String readme = Files.readString(release.home().resolve("README.md"));
    List<String> links = LINK.matcher(readme).results().map(match -> match.group(1)).toList();
    assertThat(links).isNotEmpty();
    for (String link : links) {
      assertThat(release.home().resolve(link)).exists();
    }
  }

  @Test
  void withoutASparkItSaysHowToGetOneAndWithOneItRuns() throws Exception {
    Run without = release.script("submit/digits", "--version");
    assertThat(without.status()).isEqualTo(1);
    assertThat(without.errors())
        .isEqualTo(
            "digits: %1$s/spark/jars is missing: run '%1$s/submit/fetch-spark.sh', or let SPARK_HOME name a Spark 3.5 or 4%n"
                .formatted(release.home().toRealPath()));
    release.lendSpark();
    Run version = release.script("submit/digits", "--version");
    assertThat(version.status()).as(version.toString()).isZero();
    String name = release.home().getFileName().toString();
    assertThat(version.output())
        .startsWith("digits " + name.replaceFirst("digit-recognizer-", "") + " ");
    Run dry =
        release.script(
            "submit/digits",
            "score",
            "--archives=" + scan(),
            "--model=" + release.home().resolve("models/scans"),
            "--output=" + directory.resolve("scores"),
            "--dry-run");
    assertThat(dry.status()).as(dry.toString()).isZero();
    assertThat(dry.output()).contains("1\u00a0image, ");
  }

  @Test
  @Tag("slow")
  void fetchesTheSparkThatTheBuildHad() throws Exception {
    Unpacked another = Unpacked.into(Files.createDirectory(directory.resolve("another")));
    Run fetch = another.script("submit/fetch-spark.sh");
    assertThat(fetch.status()).as(fetch.toString()).isZero();
    Run version = another.script("submit/digits", "--version");
    assertThat(version.status()).as(version.toString()).isZero();
    Run build = another.script("submit/fetch-spark.sh", "--frobnicate");
    assertThat(build.status()).as(build.toString()).isEqualTo(2);
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(release.home())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> release.home().relativize(file).toString())
          .filter(file -> !file.startsWith("spark/jars/"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Path scan() throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 40, 40);
    graphics.setColor(Color.BLACK);
    graphics.drawPolyline(new int[] {12, 28, 18}, new int[] {8, 8, 32}, 3);
    Path file = directory.resolve("seven.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
