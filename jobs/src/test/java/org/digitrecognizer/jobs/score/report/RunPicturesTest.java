package org.digitrecognizer.jobs.score.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.evaluation.RejectedScan;
import org.digitrecognizer.evaluation.Specimen;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPicturesTest {

  private static final DigitImage PAPER = DigitImage.of(new byte[DigitImage.SIZE]);
  private static final GreyImage SCAN = new GreyImage(2, 1, new byte[] {7, 9});

  @TempDir private java.nio.file.Path directory;
  private FileSystem fs;
  private OutputLayout layout;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    fs = FileSystem.getLocal(new Configuration());
    layout = new OutputLayout(new Path(directory.toUri()));
  }

  private RunPictures none() {
    return new RunPictures(fs, layout, notes::add);
  }

  /** Writes what a task has found. */
  private Path task(String name, Pictures found) throws IOException {
    Path file = new Path(layout.staging(), name);
    PictureFile.write(fs, file, found);
    return file;
  }

  private static void read(Pictures pictures, String source, int confidence) {
    float[] probabilities = new float[DigitImage.CLASSES];
    probabilities[3] = confidence / 10_000f;
    pictures
        .leastCertain()
        .offer(
            Specimen.of(
                source, PAPER, Reading.of(probabilities), OptionalInt.empty(), Optional.of(SCAN)));
  }

  private static Pictures of(String source, int confidence) {
    Pictures pictures = new Pictures();
    read(pictures, source, confidence);
    pictures.rejects().add(source, new Rejection(Reason.BLANK, "no ink"), Optional::empty);
    return pictures;
  }

  private static List<String> sources(Pictures pictures) {
    return pictures.leastCertain().ranked().stream().map(Specimen::source).toList();
  }

  private static List<String> rejects(Pictures pictures) {
    return pictures.rejects().byReason().getOrDefault(Reason.BLANK, List.of()).stream()
        .map(RejectedScan::source)
        .toList();
  }

  @Test
  void ofManyTasksTheSameAreKeptAsOfOne() throws IOException {
    int tasks = 12;
    Pictures all = new Pictures();
    List<Path> files = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      Pictures found = new Pictures();
      for (int i = 0; i < Pictures.LEAST_CERTAIN; i++) {
        int confidence = 5_000 + (i * tasks + task) % 4_999;
        read(found, "%02d-%03d".formatted(task, i), confidence);
        read(all, "%02d-%03d".formatted(task, i), confidence);
      }
      files.add(task("s-%02d".formatted(task), found));
    }
    List<String> expected = sources(all);
    assertThat(expected).hasSize(Pictures.LEAST_CERTAIN);
    for (int round = 0; round < 2; round++) {
      RunPictures pictures = none();
      pictures.save(0, round, files);
      assertThat(sources(pictures.run(new TreeMap<>()))).isEqualTo(expected);
      assertThat(pictures.bound(0)).isEqualTo(all.leastCertain().bound().orElseThrow());
      Collections.reverse(files);
    }
  }

  @Test
  void whatWasReadAgainInTheSameRunIsShownAsItIsNow() throws IOException {
    Pictures before = of("file:/a.zip!/1.png", 5_000);
    before.merge(of("file:/b.zip!/1.png", 6_000));
    RunPictures pictures = none();
    pictures.save(0, 0, List.of(task("first", before)));
    pictures.save(1, 0, List.of(task("late", of("file:/a.zip!/new.png", 7_000))));
    areOfNow(pictures);
  }

  /** A run that died is gone on with by another. */
  @Test
  void soIsWhatARunThatDiedHadRead() throws IOException {
    Pictures before = of("file:/a.zip!/1.png", 5_000);
    before.merge(of("file:/b.zip!/1.png", 6_000));
    RunPictures died = none();
    died.save(0, 0, List.of(task("first", before)));
    died.save(1, 0, List.of(task("late", of("file:/a.zip!/new.png", 7_000))));

    RunPictures pictures = none();
    pictures.load(new CommitRecord(1, 0, 1, null, null, null, 1, 1, 0, 1, ""));
    pictures.load(new CommitRecord(0, 0, 1, null, null, null, 2, 2, 0, 1, ""));
    areOfNow(pictures);
  }

  /** A run that died before its record has left a batch, and the next run adds another. */
  @Test
  void ofTwoLateBatchesTheSecondCounts() throws IOException {
    Pictures before = of("file:/a.zip!/1.png", 5_000);
    before.merge(of("file:/b.zip!/1.png", 6_000));
    RunPictures pictures = none();
    pictures.save(1, 0, List.of(task("first", before)));
    pictures.save(2, 0, List.of(task("second", of("file:/a.zip!/new.png", 7_000))));
    SortedMap<Long, Set<String>> again =
        new TreeMap<>(Map.of(1L, Set.of("file:/b.zip"), 2L, Set.of("file:/a.zip")));
    for (Pictures shown : List.of(pictures.run(again), pictures.whole(0, again))) {
      assertThat(sources(shown)).containsExactly("file:/b.zip!/1.png", "file:/a.zip!/new.png");
    }
  }

  private static void areOfNow(RunPictures pictures) throws IOException {
    SortedMap<Long, Set<String>> again = new TreeMap<>(Map.of(1L, Set.of("file:/a.zip")));
    for (Pictures shown : List.of(pictures.run(again), pictures.whole(0, again))) {
      assertThat(sources(shown)).containsExactly("file:/b.zip!/1.png", "file:/a.zip!/new.png");
      assertThat(rejects(shown)).containsExactly("file:/a.zip!/new.png", "file:/b.zip!/1.png");
    }
  }

  @Test
  void damagedPicturesAreLeftOutWithAWord() throws IOException {
    RunPictures pictures = none();
    pictures.saveWhole(1, of("file:/a.zip!/1.png", 5_000));
    java.nio.file.Path file = directory.resolve("_pictures/run=1.json.gz");
    byte[] bytes = java.nio.file.Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 8;
    java.nio.file.Files.write(file, bytes);

    assertThat(sources(none().whole(1, new TreeMap<>()))).isEmpty();

    assertThat(notes)
        .containsExactly("file:" + file + " is damaged; the report goes without its pictures");
  }
}
