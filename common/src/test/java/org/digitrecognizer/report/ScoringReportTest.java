package org.digitrecognizer.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringReportTest {

  @TempDir Path folder;

  @Test
  void pageOpensInABrowserFromDisk() throws IOException {
    for (boolean labels : new boolean[] {false, true}) {
      SampleNight night = new SampleNight(labels);
      Path page = write(night.page().build());
      System.out.println(Files.size(page));
      try (Browser browser = Browser.start(folder.resolve("profile" + labels))) {
        for (int width : new int[] {1280, 390}) {
          for (String scheme : new String[] {"light", "dark"}) {
            browser.prefer(scheme);
            browser.open(page, width);
            browser.saveScreenshot("scoring-" + labels + "-" + width + "-" + scheme + ".png");
          }
        }
      }
    }
  }

  private Path write(EvaluationReport report) throws IOException {
    Path page = folder.resolve("index.html");
    try (OutputStream output = Files.newOutputStream(page)) {
      report.render(output);
    }
    return page;
  }
}
