// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.reading.Place;
import org.digitrecognizer.reading.SourceRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelPatternTest {

  private static final SourceRoot ROOT = new SourceRoot("file:/in/");

  @TempDir private Path directory;

  @Test
  void aLooseFileGoesByItsPathBelowTheRoot() {
    LabelPattern pattern = new LabelPattern("/([0-9])_[^/]*$", ROOT);

    assertThat(pattern.of(loose("file:/in/form-7/3_42.png"))).hasValue(3);
    assertThat(pattern.of(archived("file:/in/a.zip", "form-7/4_42.png"))).hasValue(4);
    assertThat(pattern.of(loose("file:/in/3_42.png"))).as("no folder, no slash").isEmpty();
    assertThat(pattern.of(archived("file:/in/5_a.zip", "6_b.png"))).as("the same").isEmpty();
    assertThat(pattern.of(loose("file:/elsewhere/form-7/3_42.png"))).isEmpty();
  }

  @Test
  void foldersAreClasses() {
    LabelPattern pattern = new LabelPattern("^([0-9])/", ROOT);

    assertThat(pattern.of(loose("file:/in/7/b.png"))).hasValue(7);
    assertThat(pattern.of(archived("file:/in/7/a.zip", "3/b.png"))).hasValue(3);
    assertThat(pattern.of(archived("file:/in/7/a.zip", "b.png"))).isEmpty();
  }

  @Test
  void aPageIsNoPartOfAName() {
    LabelPattern pattern = new LabelPattern("([0-9])\\.tif$", ROOT);

    assertThat(pattern.of(new Place("file:/in/x/8.tif", 0, "8.tif", true, 2, 5))).hasValue(8);
    assertThat(pattern.of(new Place("file:/in/a.zip", 0, "x/8.tif", false, 2, 5))).hasValue(8);
    assertThat(new LabelPattern("([0-9])$", ROOT).of(new Place("file:/in/2", 0, "2", true, 5, 6)))
        .hasValue(2);
  }

  @ParameterizedTest
  @CsvSource({"'',in", "/,in", "/a/1.png,in/a", "/*/1.png,in", "/a/*.png,in/a", "'/{a,b}',in"})
  void theRootIsTheFolderBeforeWhatVaries(String archives, String folder) throws IOException {
    Files.createDirectories(directory.resolve("in/a"));
    Files.write(directory.resolve("in/a/1.png"), new byte[] {1});
    String in = directory.resolve("in").toUri().toString().replaceAll("/$", "");

    assertThat(SourceRoot.of(in + archives, new Configuration()).folder())
        .isEqualTo("file:" + directory.resolve(folder) + "/");
  }

  @Test
  void hasOneGroup() {
    assertThatThrownBy(() -> LabelPattern.check("a(b)(c)"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it has 2 groups, not one");
  }

  private static Place loose(String path) {
    return new Place(path, 0, path.substring(path.lastIndexOf('/') + 1), true, 0, 1);
  }

  private static Place archived(String archive, String entry) {
    return new Place(archive, 0, entry, false, 0, 1);
  }
}
