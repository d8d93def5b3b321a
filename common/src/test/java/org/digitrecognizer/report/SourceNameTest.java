// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceNameTest {

  private static final String ENTRY = "hdfs://host/scans/night.zip!/form7/0042.tif#2";

  @Test
  void lastIsTheEndOfThePath() {
    assertThat(SourceName.last(ENTRY, 18)).isEqualTo(new SourceName(ENTRY, "0042.tif#2"));
    assertThat(SourceName.last(ENTRY, 6).shown()).isEqualTo("…tif#2");
    assertThat(SourceName.last("test #12", 18).shown()).isEqualTo("test #12");
    assertThat(SourceName.last("", 18).shown()).isEmpty();
  }

  @Test
  void inFolderBeginsWithTheArchiveOrTheFolder() {
    assertThat(SourceName.inFolder(ENTRY, 90))
        .isEqualTo(new SourceName(ENTRY, "…/night.zip!/form7/0042.tif#2"));
    assertThat(SourceName.inFolder("file:/scans/form7/0042.tif", 90).shown())
        .isEqualTo("…/form7/0042.tif");
    assertThat(SourceName.inFolder("form7/0042.tif", 90).shown()).isEqualTo("form7/0042.tif");
    assertThat(SourceName.inFolder("0042.tif", 90).shown()).isEqualTo("0042.tif");
    assertThat(SourceName.inFolder(ENTRY, 18).shown()).isEqualTo("…/nigh…/0042.tif#2");
  }

  @Test
  void charactersAreNotCutInTwo() {
    String emoji = "\ud83d\ude00";
    assertThat(SourceName.last(emoji.repeat(5), 3).shown()).isEqualTo("…" + emoji.repeat(2));
    assertThat(SourceName.inFolder(emoji.repeat(9), 7).shown())
        .isEqualTo(emoji.repeat(2) + "…" + emoji.repeat(4));
  }
}
