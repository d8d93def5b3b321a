// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as the usual command line tools write them. */
class ForeignToolsTest {

  @TempDir Path folder;
  private final Map<String, Integer> hashes = new TreeMap<>();

  @BeforeEach
  void writeScans() throws IOException {
    Map<String, byte[]> files = Samples.files(60, 21);
    files.put("größe/" + "lang".repeat(20) + "/ä.png", Samples.ascii("deep"));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String name = "scans/" + file.getKey();
      Files.createDirectories(folder.resolve(name).getParent());
      Files.write(folder.resolve(name), file.getValue());
      hashes.put(name, java.util.Arrays.hashCode(file.getValue()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-9", "-0", "-Zbzip2"})
  void zip(String option) throws Exception {
    run("zip", "-q", "-r", option, "out", "scans");
    requireSameFiles(Rows.of(folder.resolve("out.zip"), 7));
  }

  @Test
  void zipToAPipe() throws Exception {
    run("sh", "-c", "zip -q -r - scans | cat > out.zip");
    requireSameFiles(Rows.of(folder.resolve("out.zip"), 7));
    byte[] zip = Files.readAllBytes(folder.resolve("out.zip"));
    Path cut = Files.write(folder.resolve("cut.zip"), java.util.Arrays.copyOf(zip, zip.length - 5));
    assertThat(Rows.of(cut).read()).hasSize(hashes.size());
  }

  @Test
  void zipWithAPassword() throws Exception {
    run("zip", "-q", "-r", "-P", "secret", "out", "scans");
    Rows rows = Rows.of(folder.resolve("out.zip"), 7);
    assertThat(rows.rows())
        .hasSize(hashes.size())
        .allMatch(row -> row.reason() == Reason.ENCRYPTED);
  }

  @Test
  void zipBehindAProgram() throws Exception {
    run(
        "sh",
        "-c",
        "zip -q -r out scans && (head -c 70000 /dev/zero | tr '\\0' x; cat out.zip) > x");
    requireSameFiles(Rows.of(folder.resolve("x"), 7));
    run("sh", "-c", "cp x y && zip -q -A y");
    requireSameFiles(Rows.of(folder.resolve("y"), 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "oldgnu", "pax", "posix", "ustar"})
  void tar(String format) throws Exception {
    run("tar", "--format=" + format, "-cf", "out.tar", "scans");
    requireSameFiles(Rows.of(folder.resolve("out.tar"), 7));
  }

  @ParameterizedTest
  @CsvSource({"-z,TAR_GZIP", "-j,TAR_BZIP2", "-J,TAR_XZ", "--zstd,TAR_ZSTD"})
  void compressedTar(String option, ArchiveFormat format) throws Exception {
    run("tar", option, "-cf", "out", "scans");
    Rows rows = Rows.of(folder.resolve("out"));
    assertThat(rows.format()).isEqualTo(format);
    requireSameFiles(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax"})
  void sparseFilesAndLinksAreRejected(String format) throws Exception {
    run("sh", "-c", "truncate -s 1000000 scans/hole && echo end >> scans/hole");
    run("sh", "-c", "ln scans/hole scans/zhard; ln -s hole scans/zsoft");
    run("tar", "--sparse", "--sort=name", "--format=" + format, "-cf", "out.tar", "scans");
    for (long targetEntries : new long[] {1, 100}) {
      Rows rows = Rows.of(folder.resolve("out.tar"), targetEntries);
      assertThat(rows.read()).hasSize(hashes.size());
      assertThat(rows.rejected())
          .extracting(Rows.Row::name, Rows.Row::detail)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "scans/hole", "It is a sparse file, not a file with all its bytes"),
              org.assertj.core.groups.Tuple.tuple("scans/zhard", "It is a hard link, not a file"),
              org.assertj.core.groups.Tuple.tuple(
                  "scans/zsoft", "It is a symbolic link, not a file"));
    }
  }

  private void requireSameFiles(Rows rows) {
    Map<String, Integer> read = new TreeMap<>();
    rows.rows().forEach(row -> read.put(row.name(), row.hash()));
    assertThat(rows.rejected()).isEmpty();
    assertThat(read).isEqualTo(hashes);
  }

  private void run(String... command) throws IOException, InterruptedException {
    List<String> tools = new ArrayList<>(List.of(command[0]));
    if (command[0].equals("sh") && command[2].contains("zip")) {
      tools.add("zip");
    }
    if (List.of(command).contains("--zstd")) {
      tools.add("zstd");
    }
    for (String tool : tools) {
      assumeTrue(isInstalled(tool), tool + " is not installed");
    }
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s", Files.readString(log)).isZero();
  }

  private static boolean isInstalled(String tool) {
    return Stream.of("/usr/local/bin", "/usr/bin", "/bin")
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }
}
