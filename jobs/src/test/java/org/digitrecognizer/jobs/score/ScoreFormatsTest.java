// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.Encoding;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanDecoder;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.scan.ScanNormaliser;
import org.digitrecognizer.scan.ScanPages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A digit is read to the last bit as the reader alone reads it, whatever file it is in. */
class ScoreFormatsTest {

  private static DigitReader reader;

  @TempDir private Path directory;
  private Night night;
  private final Map<String, DigitImage> expected = new LinkedHashMap<>();

  @BeforeAll
  static void openModel() throws IOException {
    TestSpark.session();
    Model model =
        ModelDirectory.open(
            new org.apache.hadoop.fs.Path(SmallModel.trained().toUri()), new Configuration(), null);
    reader =
        new DigitReader(
            new DigitSession(ReadingGraph.of(model.stored())), model.description().calibration());
  }

  @BeforeEach
  void openNight() throws IOException {
    night = new Night(directory);
  }

  private static BufferedImage picture(int index) {
    return Drawing.picture(Scans.digit(index).pixels(), DigitImage.WIDTH);
  }

  private void file(String name, byte[] bytes, int digit) throws IOException {
    night.put(name, bytes);
    expected.put(night.uri(name), Scans.digit(digit));
  }

  private void archive(String name, byte[] bytes, int first, int count) throws IOException {
    night.put(name, bytes);
    for (int i = first; i < first + count; i++) {
      expected.put(night.uri(name) + "!/%05d.png".formatted(i), Scans.digit(i));
    }
  }

  private void assertReadAsExpected() {
    night.score().succeeded();
    assertThat(night.rejected()).isEmpty();
    List<Reading> readings = reader.read(new ArrayList<>(expected.values()));
    Map<String, Row> rows = new LinkedHashMap<>();
    night.predictions().forEach(row -> rows.put(row.getAs("source"), row));
    assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    int at = 0;
    for (String source : expected.keySet()) {
      Reading reading = readings.get(at++);
      Row row = rows.get(source);
      assertThat(row.<Integer>getAs("digit")).as(source).isEqualTo(reading.digit());
      assertThat(row.<Double>getAs("confidence")).as(source).isEqualTo(reading.confidence());
      List<Float> probabilities = row.getList(row.fieldIndex("probabilities"));
      for (int digit = 0; digit < 10; digit++) {
        assertThat(probabilities.get(digit)).as(source).isEqualTo(reading.probabilities()[digit]);
      }
    }
  }

  @Test
  void plainFilesOfEveryImageFormat() throws IOException {
    int digit = 0;
    for (String format : List.of("png", "bmp", "gif", "pnm")) {
      file("digit." + format, Encoding.image(format, picture(digit)), digit++);
    }
    for (String compression : new String[] {null, "LZW", "Deflate", "PackBits"}) {
      file(compression + ".tif", Encoding.tiff(compression, List.of(picture(digit))), digit++);
    }
    file("digit.pdf", Encoding.pdf(true, List.of(picture(digit))), digit++);
    file("a name that lies.txt", Scans.png(digit), digit);
    byte[] jpeg = Encoding.image("jpeg", picture(20));
    night.put("digit.jpg", jpeg);
    expected.put(night.uri("digit.jpg"), normalised(jpeg));
    assertReadAsExpected();
    for (Row row : night.predictions()) {
      String name = Path.of(row.<String>getAs("archive")).getFileName().toString();
      assertThat(row.<String>getAs("entry")).isEqualTo(name);
      assertThat(row.<String>getAs("source")).isEqualTo(row.<String>getAs("archive"));
      assertThat(row.<Long>getAs("ordinal")).isZero();
      assertThat(row.<Integer>getAs("page")).isZero();
    }
  }

  /** JPEG loses pixels, so what is read is not quite the digit. */
  private static DigitImage normalised(byte[] file) throws IOException {
    try (ScanPages pages = new ScanDecoder(ScanLimits.DEFAULT).decode(file)) {
      GreyImage scan = ((Outcome.Ok<GreyImage>) pages.next()).value();
      return ((Outcome.Ok<DigitImage>) new ScanNormaliser().normalise(scan)).value();
    }
  }

  @Test
  void filesOfSeveralPages() throws IOException {
    List<BufferedImage> pictures = List.of(picture(30), picture(31), picture(32));
    night.put("pages.tiff", Encoding.tiff("Deflate", pictures));
    night.put("pages.pdf", Encoding.pdf(true, pictures));
    night.put("a.zip", Scans.zip(Map.of("in/pages.tiff", Encoding.tiff(null, pictures))));
    for (String file : List.of("pages.tiff", "pages.pdf", "a.zip!/in/pages.tiff")) {
      for (int page = 0; page < 3; page++) {
        expected.put(night.uri(file) + "#" + page, Scans.digit(30 + page));
      }
    }
    assertReadAsExpected();
    assertThat(night.predictions())
        .extracting(row -> row.<Integer>getAs("page"))
        .containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
  }

  @Test
  void archivesOfEveryKind() throws IOException {
    archive("a.zip", Scans.zip(Scans.pngs(40, 5)), 40, 5);
    archive("b.zip", zip64(Scans.pngs(50, 5)), 50, 5);
    byte[] tar = Scans.tar(Scans.pngs(60, 5));
    archive("c.tar", tar, 60, 5);
    for (String packing : Scans.packings().toList()) {
      archive(packing, Scans.pack(packing, tar), 60, 5);
    }
    assertReadAsExpected();
  }

  private static byte[] zip64(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      zip.setUseZip64(Zip64Mode.Always);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putArchiveEntry(new ZipArchiveEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void foldersAndHiddenFilesAreNoEntries() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("folder/", new byte[0]);
    files.put(".hidden.png", Scans.png(1));
    files.put("_hidden.png", Scans.png(2));
    files.put("00070.png", Scans.png(70));
    archive("a.zip", Scans.zip(files), 70, 1);
    night.put(".a.zip", Scans.zip(Scans.pngs(0, 3)));
    night.put("_b/a.zip", Scans.zip(Scans.pngs(0, 3)));
    assertReadAsExpected();
    assertThat(night.predictions().get(0).<Long>getAs("ordinal")).isEqualTo(3);
  }
}
