// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {

  @TempDir private Path directory;

  @Test
  void listsWhatIsNewAndReadsNothing() throws IOException {
    Night night = new Night(directory);
    byte[] zip = Scans.zip(Scans.pngs(0, 4));
    night.put("night.zip", zip);
    night.put("cut.zip", Arrays.copyOf(zip, zip.length - 30));
    byte[] tar = Scans.tar(Scans.pngs(0, 3));
    night.put("cut.tar", Arrays.copyOf(tar, 700));
    night.put("packed", Scans.pack("gz", Scans.tar(Scans.pngs(0, 2))));
    night.put("folder/1.png", Scans.png(1));
    night.put("folder/2.png", Scans.png(2));
    night.put("folder/note.png", "no image".getBytes(StandardCharsets.UTF_8));
    night.put("empty.png", new byte[0]);

    String listed = night.score("--dry-run").succeeded().out().replace('\u00a0', ' ');

    assertThat(listed.lines().map(line -> line.replaceAll(" +", " ").strip()))
        .anyMatch(line -> line.matches("zip 4 entries .* B|zip 4 entries .*/night.zip"))
        .anyMatch(line -> line.matches("damaged zip \\? entries .*/cut.zip \\(damaged: .*"))
        .anyMatch(line -> line.matches("tar \\? entries .*/cut.tar \\(damaged: .*"))
        .anyMatch(line -> line.matches("gzip \\? entries .*/packed"))
        .anyMatch(line -> line.matches("a PNG image 2 files .*/folder"))
        .anyMatch(line -> line.matches("plain text 1 files .*/folder \\(will be rejected\\)"))
        .anyMatch(line -> line.matches("an empty file 1 files 0 B .* \\(will be rejected\\)"))
        .anyMatch(line -> line.startsWith("4 archives and 4 other files: at least 8 images"))
        .anyMatch(line -> line.endsWith("4 cannot be read."));
    assertThat(Files.exists(night.output())).isFalse();
  }

  @Test
  void leavesOutWhatWasRead() throws IOException {
    Night night = new Night(directory);
    night.put("first.zip", Scans.zip(Scans.pngs(0, 4)));
    night.score().succeeded();
    night.put("second.zip", Scans.zip(Scans.pngs(4, 3)));

    String listed = night.score("--dry-run").succeeded().out().replace('\u00a0', ' ');

    assertThat(listed).contains("second.zip").doesNotContain("first.zip");
    assertThat(listed).contains("1 archive and 0 other files: 3 images");
    assertThat(night.predictions()).hasSize(4);
  }

  @Test
  void listsWhatARunLeftThatWasKilled() throws IOException {
    Night night = new Night(directory);
    night.put("a.zip", Scans.zip(Scans.pngs(0, 4)));
    night.put("b.png", Scans.png(5));
    night.score("--batch-images", "2").succeeded();
    night.killBefore(3);

    String listed = night.score("--dry-run").succeeded().out().replace('\u00a0', ' ');

    assertThat(listed.lines().map(line -> line.replaceAll(" +", " ").strip()))
        .anyMatch(line -> line.matches("zip 1 entries .*/a.zip"))
        .noneMatch(line -> line.contains("a PNG image"))
        .contains("1 of these is left of a run that was cut short.");
    assertThat(listed).contains("1 archive and 0 other files: 1 image,");
  }

  @Test
  void aFileThatVanishesDoesNotEndTheList() throws IOException {
    Night night = new Night(directory).through(FlakyFileSystem.SCHEME);
    FlakyFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    night.put("a.png", Scans.png(0));
    night.put("gone.png", Scans.png(1));
    FlakyFileSystem.vanish("gone.png", 1);

    assertThat(night.score("--dry-run").succeeded().out().lines())
        .anyMatch(line -> line.matches("a PNG image +1 files .*"))
        .anyMatch(line -> line.matches("missing file +1 files .*\\(will be rejected\\)"));
  }

  @Test
  void namesDoNotReachTheTerminalAsTheyAre() throws IOException {
    Night night = new Night(directory);
    night.put("red\u001b[31m\u0085\u202e.zip", Scans.zip(Scans.pngs(0, 1)));

    assertThat(night.score("--dry-run").succeeded().out()).contains("/red?[31m??.zip");
  }

  @Test
  void listsWhatARunWithTheSameOptionsWouldRead() throws IOException {
    Night night = new Night(directory);
    Path rewritten = night.put("rewritten.zip", Scans.zip(Scans.pngs(0, 4)));
    night.score().succeeded();
    Files.write(rewritten, Scans.zip(Scans.pngs(0, 5)));
    Files.setLastModifiedTime(rewritten, FileTime.from(Instant.now().minusSeconds(3600)));
    night.put("young.png", Scans.png(1));

    assertThat(night.score("--dry-run").succeeded().out())
        .contains("a PNG image")
        .doesNotContain("rewritten.zip");
    assertThat(night.score("--dry-run", "--reread", "--settle-minutes", "30").succeeded().out())
        .contains("rewritten.zip")
        .doesNotContain("a PNG image");
  }
}
