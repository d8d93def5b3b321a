// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BMP as OS/2 and newer programs write it. */
class ForeignBmpTest {

  /** Two rows of two pixels, the lower first, each row of eight bytes. */
  private static final byte[] ROWS = {30, 30, 30, 40, 40, 40, 0, 0, 10, 10, 10, 20, 20, 20, 0, 0};

  @ParameterizedTest
  @ValueSource(ints = {12, 16, 24, 40, 64})
  void readsHeadersOfOs2AndWindows(int size) {
    assertThat(Decoding.levels(bmp(size, 0, 0)))
        .as("header of " + size)
        .containsExactly(10, 20, 30, 40);
    assertThat(Decoding.levels(bmp(size, 3, 0)))
        .as("with a hot spot")
        .containsExactly(10, 20, 30, 40);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 40})
  void readsTheFirstBitmapOfAnArray(int size) {
    byte[] bitmap = bmp(size, 0, 14);
    ByteBuffer array = ByteBuffer.allocate(14 + bitmap.length).order(ByteOrder.LITTLE_ENDIAN);
    array.put((byte) 'B').put((byte) 'A').putInt(14).putInt(0).putInt(0).put(bitmap);
    assertThat(Decoding.levels(array.array())).containsExactly(10, 20, 30, 40);
  }

  @Test
  void alphaThatIsNothingAllOverIsNotMeant() {
    ByteBuffer file = ByteBuffer.allocate(14 + 124 + 8).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(138);
    file.putInt(124).putInt(2).putInt(1).putShort((short) 1).putShort((short) 32).putInt(3);
    file.position(54);
    file.putInt(0xff0000).putInt(0xff00).putInt(0xff).putInt(0xff000000).putInt(0x73524742);
    file.position(138);
    file.putInt(0x000a0a0a).putInt(0x005a5a5a);
    assertThat(Decoding.levels(file.array())).containsExactly(10, 90);
    file.putInt(138, 0xff0a0a0a);
    assertThat(Decoding.levels(file.array())).as("alpha is meant").containsExactly(10, 255);
  }

  @Test
  void masksMayBePartOfTheHeader() {
    ByteBuffer file = ByteBuffer.allocate(14 + 56 + 8).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(70);
    file.putInt(56).putInt(2).putInt(1).putShort((short) 1).putShort((short) 32).putInt(3);
    file.position(54);
    file.putInt(0xff).putInt(0xff00).putInt(0xff0000).putInt(0);
    file.putInt(0x000000ff).putInt(0x00ff0000);
    assertThat(Decoding.levels(file.array())).as("red, blue").containsExactly(76, 29);
  }

  @Test
  void faxInABitmapOfOs2IsNotRead() {
    byte[] bmp = bmp(64, 0, 0);
    bmp[30] = 3;
    Rejection rejection = Decoding.rejection(bmp, ScanLimits.DEFAULT);
    assertThat(rejection.reason()).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    assertThat(rejection.detail()).startsWith("The bitmap of OS/2 is compressed by a method");
  }

  /**
   * @param hotSpot where a pointer points, in the file header
   * @param before bytes before the bitmap in its file
   */
  private static byte[] bmp(int size, int hotSpot, int before) {
    ByteBuffer file = ByteBuffer.allocate(14 + size + ROWS.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity());
    file.putShort((short) hotSpot).putShort((short) hotSpot).putInt(before + 14 + size);
    file.putInt(size);
    if (size == 12) {
      file.putShort((short) 2).putShort((short) 2);
    } else {
      file.putInt(2).putInt(2);
    }
    file.putShort((short) 1).putShort((short) 24);
    file.position(14 + size);
    return file.put(ROWS).array();
  }
}
