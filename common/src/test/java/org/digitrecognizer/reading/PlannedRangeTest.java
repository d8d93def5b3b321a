// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.archive.ArchivePlan;
import org.digitrecognizer.archive.ArchivePlanner;
import org.digitrecognizer.archive.RangeSize;
import org.digitrecognizer.archive.Samples;
import org.digitrecognizer.digit.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedRangeTest {

  @TempDir private Path folder;

  private static List<PlannedRange> plan(Path archive, long entries) throws IOException {
    List<PlannedRange> ranges = new ArrayList<>();
    RangeSize most = new RangeSize(entries, Long.MAX_VALUE);
    String path = archive.toUri().toString();
    try (ArchivePlan plan =
        new ArchivePlanner(new Configuration(), most)
            .plan(new org.apache.hadoop.fs.Path(path), Files.size(archive))) {
      while (plan.hasNext()) {
        ranges.add(new PlannedRange(path, 1, plan.next(), null));
      }
    }
    return ranges;
  }

  @Test
  void rangesThatFollowOneAnotherAreOne() throws IOException {
    Path zip = Samples.zip(folder.resolve("a.zip"), Samples.files(30, 1));
    Path tar = Samples.tar(folder.resolve("b.tar"), Samples.files(30, 2));
    List<PlannedRange> small = Stream.concat(plan(zip, 7).stream(), plan(tar, 7).stream()).toList();
    assertThat(small).hasSize(10);

    List<PlannedRange> joined = PlannedRange.joined(small);

    assertThat(joined)
        .as("as if they had been planned so")
        .containsExactly(plan(zip, 1000).get(0), plan(tar, 1000).get(0));
  }

  @Test
  void othersStayWhatTheyAre() throws IOException {
    List<PlannedRange> zip = plan(Samples.zip(folder.resolve("a.zip"), Samples.files(30, 1)), 10);
    PlannedRange rejected =
        PlannedRange.rejected("c.png", 1, 100, Rejection.storageFailed("it is gone"));
    List<PlannedRange> apart = List.of(zip.get(0), zip.get(2), rejected, rejected);
    assertThat(PlannedRange.joined(apart)).isEqualTo(apart);
  }
}
