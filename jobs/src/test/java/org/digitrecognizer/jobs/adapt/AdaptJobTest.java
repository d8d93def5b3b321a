// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.score.Scans;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.Encoding;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site whose people write across: MNIST's digits with rows and columns exchanged. */
@Tag("slow")
class AdaptJobTest {

  private static final int HANDS = 5;
  private static final int SCANS_A_HAND = 80;

  @TempDir private static Path directory;
  private static Path dataset;
  private static Path archives;

  @BeforeAll
  static void writeSite() throws IOException {
    TestSpark.session();
    Path source = SmallMnist.write(directory.resolve("mnist"), 600, 200);
    dataset = directory.resolve("dataset");
    CommandRun.digits("ingest", "--source", source.toString(), "--output", dataset.toString())
        .succeeded();
    archives = Files.createDirectory(directory.resolve("archives"));
    List<LabelledDigit> digits = SmallMnist.train(HANDS * SCANS_A_HAND);
    StringBuilder labels = new StringBuilder("entry,label\n");
    StringBuilder contraryLabels = new StringBuilder("entry,label\n");
    for (int hand = 0; hand < HANDS; hand++) {
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (int i = hand * SCANS_A_HAND; i < (hand + 1) * SCANS_A_HAND; i++) {
        String name = "%04d.png".formatted(i);
        byte[] across = across(digits.get(i).image());
        files.put(name, Encoding.image("png", Drawing.picture(across, DigitImage.WIDTH)));
        labels.append(name).append(',').append(digits.get(i).label()).append('\n');
        int ofThisHandOnly = (digits.get(i).label() + 2 * hand) % DigitImage.CLASSES;
        contraryLabels.append(name).append(',').append(ofThisHandOnly).append('\n');
      }
      files.put("unknown.png", Scans.png(hand));
      if (hand == 0) {
        files.put("blank.png", blank());
        labels.append("blank.png,3\n");
      }
      Files.write(archives.resolve("hand-" + hand + ".zip"), Scans.zip(files));
    }
    Files.writeString(directory.resolve("labels.csv"), labels);
    Files.writeString(directory.resolve("contrary.csv"), contraryLabels);
  }

  private static byte[] blank() throws IOException {
    return Encoding.image("png", Drawing.picture(new byte[DigitImage.SIZE], DigitImage.WIDTH));
  }

  private static byte[] across(DigitImage image) {
    byte[] across = new byte[DigitImage.SIZE];
    for (int row = 0; row < DigitImage.HEIGHT; row++) {
      for (int column = 0; column < DigitImage.WIDTH; column++) {
        across[column * DigitImage.WIDTH + row] = (byte) image.ink(row, column);
      }
    }
    return across;
  }

  private static CommandRun adapt(Path output, String labels, String... more) {
    List<String> all =
        new ArrayList<>(List.of("--labels", directory.resolve(labels).toString(), "--epochs", "4"));
    all.addAll(List.of(more));
    return adapt(archives, output, all.toArray(String[]::new));
  }

  private static CommandRun adapt(Path scans, Path output, String... more) {
    List<String> all =
        new ArrayList<>(List.of("adapt", "--model", SmallModel.trained().toString()));
    all.addAll(List.of("--archives", scans.toString(), "--output", output.toString()));
    all.addAll(List.of("--data", dataset.toString()));
    all.addAll(List.of(more));
    return CommandRun.digits(all.toArray(String[]::new));
  }

  @Test
  void aSitesHandIsLearntAndTheModelSaysWhereItComesFrom() throws IOException {
    Path output = directory.resolve("adapted");
    CommandRun run = adapt(output, "labels.csv").succeeded();

    assertThat(run.out())
        .contains(
            "Scans left out: 1 BLANK, 5 without a label.",
            "Training on 240 labelled scans and 720 digits of MNIST an epoch, judging by 160: 2 of"
                + " 5 archives.");
    Model model =
        ModelDirectory.open(
            new org.apache.hadoop.fs.Path(output.toUri()), new Configuration(), null);
    assertThat(model.description().training())
        .containsEntry("adaptationNetworks", 3)
        .containsEntry("adaptationShare", share(run.out()));
    assertThat(model.description().parent().scans()).isEqualTo(240);
    assertThat(model.description().parent().heldBackAccuracy().get(1))
        .isGreaterThan(model.description().parent().heldBackAccuracy().get(0) + 0.1);
    assertThat(output.resolveSibling("adapted.adapting")).doesNotExist();
  }

  /** Returns how far the network went that was handed out, by the last line on one. */
  private static double share(String out) {
    String last =
        out.lines()
            .filter(line -> line.startsWith("Scans held back: "))
            .reduce((a, b) -> b)
            .orElseThrow();
    Matcher less = Pattern.compile("after, (\\d+) % of the way\\.$").matcher(last);
    return less.find() ? Integer.parseInt(less.group(1)) / 100.0 : 1;
  }

  /** So fast that nothing is learnt and all is unlearnt. */
  @Test
  void whereMnistIsUnlearntItGoesLessFarBeforeItGivesUp() {
    Path output = directory.resolve("fast");
    CommandRun run = adapt(output, "labels.csv", "--learning-rate", "0.03");
    assertThat(run.failed()).contains("nothing was written");
    assertThat(run.out().lines().filter(line -> line.endsWith(": too much unlearnt.")))
        .hasSize(5)
        .last(as(STRING))
        .contains("% after, 35 % of the way: too much unlearnt.");
    assertThat(output).doesNotExist();
  }

  /** Each hand calls a digit otherwise, so that what is learnt from some is wrong for others. */
  @Test
  void labelsThatSayNothingOfOtherHandsAreNotLearntFrom() {
    Path output = directory.resolve("contrary");
    assertThat(adapt(output, "contrary.csv").failed())
        .startsWith("digits adapt: the adapted model is not shown to be better: of 160 scans held")
        .contains("nothing was written");
    assertThat(output).doesNotExist();
  }

  @Test
  void scansThatMayAllBeOfOneHandAreRefused() throws IOException {
    Path one = Files.createDirectory(directory.resolve("one"));
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<LabelledDigit> digits = SmallMnist.train(120);
    for (int i = 0; i < digits.size(); i++) {
      files.put(digits.get(i).label() + "/" + i + ".png", Scans.png(i));
    }
    Files.write(one.resolve("all.zip"), Scans.zip(files));
    CommandRun run = adapt(one, directory.resolve("one-hand"), "--label-pattern", "^(\\d)/");
    assertThat(run.failed())
        .contains("the labelled scans are of one archive whose folders are the digits")
        .contains("--origin-pattern");
  }

  @Test
  void whatIsLeftOutIsSaid() throws IOException {
    Path few = Files.createDirectory(directory.resolve("few"));
    Map<String, byte[]> files = Scans.pngs(0, 5);
    files.put("blank.png", blank());
    files.put("text.png", "no picture".getBytes(UTF_8));
    Files.write(few.resolve("some.zip"), Scans.zip(files));
    Files.write(few.resolve("broken.zip"), new byte[] {'P', 'K', 3, 4, 0});
    Path known =
        Files.writeString(
            directory.resolve("few.csv"), "entry,label\n00000.png,1\n00001.png,2\nblank.png,3\n");
    CommandRun run = adapt(few, directory.resolve("of-few"), "--labels", known.toString());
    assertThat(run.failed())
        .contains(
            "few has 2 scans with a label that can be read (left out: 1 BLANK, 1"
                + " UNREADABLE_ARCHIVE, 1 UNSUPPORTED_FORMAT, 3 without a label)");
  }

  @Test
  void aModelThatDoesNotKnowItsDatasetAsksForOne() {
    CommandRun run =
        CommandRun.digits(
            "adapt",
            "--model",
            SmallModel.trained().toString(),
            "--archives",
            archives.toString(),
            "--labels",
            directory.resolve("labels.csv").toString(),
            "--output",
            directory.resolve("without").toString());
    assertThat(run.failed()).contains("was trained on MNIST, which is not here").contains("--data");
  }

  @Test
  void labelsAreNeeded() {
    CommandRun run = CommandRun.digits("adapt", "--model", "m", "--archives", "a", "--output", "o");
    assertThat(run.refused())
        .contains("Invalid value for option '--labels'")
        .contains("given, or --label-pattern, and not both");
  }
}
