// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.mnist.IdxWriter;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanPages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job by its command line; Java's own zip and ImageIO, and tar, read what it wrote. */
class SamplesJobTest {

  private static final int DIGITS = 40;

  @TempDir private Path directory;
  private Path source;
  private Path output;

  @BeforeAll
  static void startSpark() {
    TestSpark.session();
  }

  /** Paper has many shades; the same seed draws the same. */
  @Test
  void drawsOnPaper() throws IOException {
    String[] command = {
      "samples", "--source", source.toString(), "--output", output.toString(), "--images", "20"
    };
    String[] onPaper = Arrays.copyOf(command, command.length + 2);
    onPaper[command.length] = "--paper";
    onPaper[command.length + 1] = "--overwrite";
    CommandRun.digits(command).succeeded();
    Map<String, BufferedImage> plain = drawn();
    CommandRun.digits(onPaper).succeeded();
    Map<String, BufferedImage> paper = drawn();
    byte[] first = Files.readAllBytes(output.resolve("digits.zip"));

    assertThat(paper).hasSize(20).hasSameSizeAs(plain);
    assertThat(paper.values().stream().mapToInt(SamplesJobTest::cornerShades).max().orElse(0))
        .as("shades in the corner of a sheet")
        .isGreaterThan(5);
    CommandRun.digits(onPaper).succeeded();
    assertThat(Files.readAllBytes(output.resolve("digits.zip"))).isEqualTo(first);
  }

  private Map<String, BufferedImage> drawn() throws IOException {
    Map<String, BufferedImage> images = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(output.resolve("digits.zip").toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        try (InputStream in = zip.getInputStream(entry)) {
          images.put(entry.getName(), ImageIO.read(in));
        }
      }
    }
    return images;
  }

  /** Counts the shades of the topmost row, which digits do not reach. */
  private static int cornerShades(BufferedImage image) {
    Raster raster = image.getRaster();
    int[] row = raster.getSamples(0, 0, image.getWidth(), 1, 0, (int[]) null);
    return (int) Arrays.stream(row).distinct().count();
  }

  @BeforeEach
  void writeMnist() {
    source = SmallMnist.write(directory.resolve("mnist"), 5, DIGITS);
    output = directory.resolve("scans");
  }

  private CommandRun samples(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("samples", "--source", source.toString(), "--output", output.toString()));
    args.addAll(Arrays.asList(more));
    return CommandRun.digits(args.toArray(String[]::new));
  }

  private static Map<String, byte[]> unzip(Path archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        try (InputStream in = zip.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }

  private Map<String, Integer> labels() throws IOException {
    List<String> lines = Files.readAllLines(output.resolve("labels.csv"));
    assertThat(lines.get(0)).isEqualTo("entry,label");
    Map<String, Integer> labels = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      labels.put(fields[0], Integer.valueOf(fields[1]));
    }
    return labels;
  }

  private static BufferedImage image(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void writesAScanForEveryLabel() throws IOException {
    CommandRun run = samples("--images", "100").succeeded();
    assertThat(run.out())
        .contains(
            "Wrote 100 scans and 0 that are none to "
                + output.resolve("digits.zip")
                + ", labels to "
                + output.resolve("labels.csv"));
    Map<String, byte[]> entries = unzip(output.resolve("digits.zip"));
    assertThat(entries).hasSize(100);
    assertThat(labels().keySet()).containsExactlyElementsOf(entries.keySet());
    assertThat(entries.keySet()).allMatch(name -> name.matches("form-\\d{4}/\\d{6}\\.png"));
    assertThat(names(output)).containsExactlyInAnyOrder("digits.zip", "labels.csv");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .toList();
    }
  }

  @Test
  void sizesAreWithinTheRangeAndBothPolaritiesOccur() throws IOException {
    samples("--images", "100", "--min-size", "30", "--max-size", "60").succeeded();
    int light = 0;
    for (byte[] png : unzip(output.resolve("digits.zip")).values()) {
      BufferedImage image = image(png);
      assertThat(image.getWidth()).isBetween(30, 60 * 3 / 2);
      assertThat(image.getHeight()).isBetween(30, 60 * 3 / 2);
      light += image.getRaster().getSample(0, 0, 0) > 127 ? 1 : 0;
    }
    assertThat(light).as("sheets that are light, of 100").isBetween(25, 75);
  }

  /** Every digit is drawn at 28 pixels, so its own pixels must be somewhere on the sheet. */
  @Test
  void labelsAreThoseOfTheDigitsDrawn() throws IOException {
    samples("--images", "80", "--min-size", "28", "--max-size", "28").succeeded();
    Map<String, Integer> labels = labels();
    List<LabelledDigit> digits = SmallMnist.test(DIGITS);
    int[] times = new int[DIGITS];
    for (Map.Entry<String, byte[]> entry : unzip(output.resolve("digits.zip")).entrySet()) {
      int drawn = nearest(image(entry.getValue()).getRaster(), digits);
      assertThat(labels).containsEntry(entry.getKey(), digits.get(drawn).label());
      times[drawn]++;
    }
    assertThat(times).as("each is drawn in each of two rounds").containsOnly(2);
  }

  private static int nearest(Raster scan, List<LabelledDigit> digits) {
    int best = -1;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < digits.size(); i++) {
      for (int y = 0; y <= scan.getHeight() - 28; y++) {
        for (int x = 0; x <= scan.getWidth() - 28; x++) {
          double distance = distance(scan, x, y, digits.get(i).image());
          if (distance < least) {
            least = distance;
            best = i;
          }
        }
      }
    }
    return best;
  }

  private static double distance(Raster scan, int left, int top, DigitImage digit) {
    int paper = scan.getSample(0, 0, 0);
    double distance = 0;
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        double ink = Math.abs(scan.getSample(left + x, top + y, 0) - paper) / 255.0;
        double difference = ink - digit.ink(y, x) / 255.0;
        distance += difference * difference;
      }
    }
    return distance;
  }

  @Test
  void theSameSeedGivesTheSameFiles() throws IOException {
    for (String kind : List.of("zip", "tar")) {
      byte[] first = archive("one-" + kind, kind, "7");
      assertThat(archive("two-" + kind, kind, "7")).as(kind).isEqualTo(first);
      assertThat(archive("three-" + kind, kind, "8")).as(kind).isNotEqualTo(first);
    }
  }

  private byte[] archive(String folder, String kind, String seed) throws IOException {
    output = directory.resolve(folder);
    samples("--images", "50", "--extras", "--archive", kind, "--seed", seed).succeeded();
    return Files.readAllBytes(output.resolve("digits." + kind));
  }

  @Test
  void everyKindOfArchiveHoldsTheSame() throws Exception {
    samples("--images", "50", "--extras").succeeded();
    Map<String, byte[]> zipped = unzip(output.resolve("digits.zip"));
    byte[] labels = Files.readAllBytes(output.resolve("labels.csv"));
    assertThat(zipped).hasSize(55);

    samples("--images", "50", "--extras", "--archive", "tar", "--overwrite").succeeded();
    assertThat(names(output)).containsExactlyInAnyOrder("digits.tar", "labels.csv");
    Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
    Process tar =
        new ProcessBuilder("tar", "xf", output.resolve("digits.tar").toString())
            .directory(unpacked.toFile())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    assertSame(unpacked, zipped);

    samples("--images", "50", "--extras", "--archive", "folder", "--overwrite").succeeded();
    assertThat(names(output)).containsExactlyInAnyOrder("digits", "labels.csv");
    assertSame(output.resolve("digits"), zipped);
    assertThat(output.resolve("labels.csv")).hasBinaryContent(labels);
  }

  private static void assertSame(Path folder, Map<String, byte[]> entries) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> folder.relativize(file).toString())
                  .filter(name -> !name.endsWith(".crc")))
          .containsExactlyInAnyOrderElementsOf(entries.keySet());
    }
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      assertThat(folder.resolve(entry.getKey())).hasBinaryContent(entry.getValue());
    }
  }

  @Test
  void allScansAreReadableAndAllExtrasAreNot() throws IOException {
    samples("--images", "200", "--extras").succeeded();
    Map<String, String> outcomes = new LinkedHashMap<>();
    unzip(output.resolve("digits.zip"))
        .forEach(
            (name, bytes) -> {
              String outcome = outcome(bytes);
              if (!outcome.equals("a digit")) {
                outcomes.put(name, outcome);
              }
            });
    assertThat(outcomes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "extras/blank.png", Reason.BLANK.name(),
                "extras/two-digits.png", Reason.MULTIPLE_DIGITS.name(),
                "extras/text.png", Reason.UNSUPPORTED_FORMAT.name(),
                "extras/cut-short.png", Reason.CORRUPT.name(),
                "extras/nested.zip", Reason.NESTED_ARCHIVE.name()));
    assertThat(labels()).as("what shows no one digit has no label").hasSize(200);
  }

  private static String outcome(byte[] bytes) {
    try (ScanPages pages = new ScanDecoder(ScanLimits.DEFAULT).decode(bytes)) {
      Outcome<GreyImage> page = pages.next();
      Outcome<?> last =
          page instanceof Outcome.Ok<GreyImage> ok
              ? new ScanNormaliser().normalise(ok.value())
              : page;
      return last instanceof Outcome.Rejected<?> rejected
          ? rejected.rejection().reason().name()
          : "a digit";
    }
  }

  @Test
  void drawsTheSplitThatIsAskedFor() throws IOException {
    samples("--images", "5", "--split", "train").succeeded();
    assertThat(labels().values())
        .containsExactlyInAnyOrderElementsOf(
            SmallMnist.train(5).stream().map(LabelledDigit::label).collect(Collectors.toList()));
    assertThat(samples("--split", "holiday").refused())
        .contains("'--split': holiday (must be train or test)");
  }

  @Test
  void refusesAnOutputThatExistsAndLeavesAloneWhatIsNone() throws IOException {
    samples("--images", "5").succeeded();
    samples("--images", "5")
        .failedWith(
            "digits samples: "
                + output
                + " exists already; choose another place or pass --overwrite to replace it");
    IdxWriter.write(output.resolve("holiday.jpg"), new byte[9]);
    assertThat(samples("--overwrite").failed())
        .contains("'holiday.jpg', which is no part of a set of sample scans");
  }

  @Test
  void badInputIsFoundBeforeAnythingIsWritten() throws IOException {
    samples("--images", "5").succeeded();
    IdxWriter.write(
        source.resolve("t10k-labels-idx1-ubyte.gz"),
        IdxWriter.gzip(IdxWriter.idx(0x801, new int[] {2}, new byte[2])));
    assertThat(samples("--overwrite").failed()).contains("the files do not belong together");
    assertThat(labels()).as("what was there").hasSize(5);
    IdxWriter.writeMnist(source, SmallMnist.train(5), List.of());
    assertThat(samples("--overwrite").failed())
        .endsWith("t10k-images-idx3-ubyte.gz holds no images");
    output = directory.resolve("other");
    samples().failed();
    assertThat(output).doesNotExist();
  }

  @Test
  void refusesSizesTheWrongWayRound() {
    assertThat(samples("--min-size", "50", "--max-size", "40").refused())
        .contains("'--max-size': 40 (must be from 50 to 2000)");
    assertThat(samples("--min-size", "3").refused()).contains("from 14 to 2000");
    assertThat(samples("--images", "0").refused()).contains("at least 1");
    assertThat(samples("--archive", "rar").refused()).contains("ZIP, TAR, FOLDER");
  }
}
