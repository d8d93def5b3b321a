// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;

class PdfDecoderTest {

  /** A document whose file cannot be closed. */
  private static final class Unclosable extends PDDocument {

    private final RuntimeException unchecked;

    Unclosable(RuntimeException unchecked) {
      this.unchecked = unchecked;
    }

    @Override
    public void close() throws IOException {
      super.close();
      if (unchecked != null) {
        throw unchecked;
      }
      throw new IOException("no space left");
    }
  }

  @Test
  void aDocumentThatCannotBeClosedHasCostNothing() {
    assertThatCode(() -> PdfDecoder.close(new Unclosable(null))).doesNotThrowAnyException();
    assertThatCode(() -> PdfDecoder.close(new Unclosable(new IllegalStateException("closed"))))
        .doesNotThrowAnyException();
  }
}
