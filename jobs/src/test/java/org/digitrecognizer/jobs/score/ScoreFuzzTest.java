// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.Encoding;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes of archives and images: the night is read to its end and adds up. */
@Tag("slow")
class ScoreFuzzTest {

  private static final int MUTANTS_A_FILE = Integer.getInteger("fuzz.rounds", 80);
  private static final int GOOD = 25;
  private static final List<String> REASONS =
      Arrays.stream(Reason.values()).map(Reason::name).toList();

  @TempDir private Path directory;

  @BeforeAll
  static void startSpark() {
    TestSpark.session();
    SmallModel.trained();
  }

  @Test
  @Timeout(1200)
  void anyBytesMakeRowsThatAddUp() throws IOException {
    Night night = new Night(directory);
    Set<String> images = new HashSet<>();
    for (Map.Entry<String, byte[]> seed : seeds().entrySet()) {
      for (int mutant = 0; mutant < MUTANTS_A_FILE; mutant++) {
        Random random = new Random(31L * seed.getKey().hashCode() + mutant);
        String name = seed.getKey() + "/" + mutant;
        night.put(name, mutate(seed.getValue(), random));
        if (seed.getKey().startsWith("image")) {
          images.add(night.uri(name));
        }
      }
    }
    night.put("good.zip", Scans.zip(Scans.pngs(0, GOOD)));

    assertThat(strayErrors(night)).isEmpty();

    List<Row> read = night.predictions();
    List<Row> rejected = night.rejected();
    assertThat(night.metrics().get("images").asInt()).isEqualTo(read.size() + rejected.size());
    assertThat(night.metrics().get("scored").asInt()).isEqualTo(read.size());
    assertThat(read)
        .filteredOn(row -> night.uri("good.zip").equals(row.getAs("archive")))
        .hasSize(GOOD);
    read.forEach(row -> images.remove(row.<String>getAs("archive")));
    rejected.forEach(row -> images.remove(row.<String>getAs("archive")));
    assertThat(images).as("plain files without any row").isEmpty();
    assertThat(rejected).as("or the damage did none").hasSizeGreaterThan(MUTANTS_A_FILE);
    for (Row row : rejected) {
      assertThat(row.<String>getAs("reason")).isIn(REASONS);
      assertThat(row.<String>getAs("detail")).isNotBlank().doesNotContain("\n");
    }
  }

  /** Scores, and returns what libraries wrote to stderr behind the job's back. */
  private static String strayErrors(Night night) {
    PrintStream stderr = System.err;
    ByteArrayOutputStream stray = new ByteArrayOutputStream();
    System.setErr(new PrintStream(stray, true, StandardCharsets.UTF_8));
    try {
      CommandRun run =
          night.score(
              "--max-entry-bytes", "1000000", "--max-pixels", "200000", "--max-pages", "20");
      run.succeeded();
    } finally {
      System.setErr(stderr);
    }
    return stray.toString(StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> seeds() throws IOException {
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    byte[] tar = Scans.tar(Scans.pngs(0, 6));
    seeds.put("zip", Scans.zip(Scans.pngs(0, 6)));
    seeds.put("tar", tar);
    for (String packing : Scans.packings().toList()) {
      seeds.put("tar-" + packing, Scans.pack(packing, tar));
    }
    BufferedImage digit = Drawing.picture(Scans.digit(0).pixels(), DigitImage.WIDTH);
    for (String format : List.of("png", "jpeg", "bmp", "gif", "pnm")) {
      seeds.put("image-" + format, Encoding.image(format, digit));
    }
    for (String compression : List.of("LZW", "Deflate", "JPEG")) {
      seeds.put("image-tiff-" + compression, Encoding.tiff(compression, List.of(digit, digit)));
    }
    seeds.put("image-pdf", Encoding.pdf(true, List.of(digit)));
    return seeds;
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      // More often where headers and directories are.
      int end = random.nextInt(4) == 0 ? Math.min(64, bytes.length) : bytes.length;
      int at = random.nextInt(end);
      at = random.nextInt(4) == 0 ? bytes.length - 1 - at : at;
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
        default -> {
          int from = random.nextInt(bytes.length);
          System.arraycopy(seed, from, bytes, at, Math.min(40, bytes.length - Math.max(from, at)));
        }
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
