// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.mnist;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedIdxTest {

  private static final Configuration CONF = new Configuration();
  private static final List<LabelledDigit> TEN =
      Collections.nCopies(10, new LabelledDigit(DigitImage.of(noise()), 7));

  @TempDir private Path directory;

  // Without structure, so that a packed file is about as long as it is unpacked.
  private static byte[] noise() {
    byte[] pixels = new byte[784];
    new java.util.Random(1).nextBytes(pixels);
    return pixels;
  }

  private void assertCheckFails(byte[] images, byte[] labels, String message) {
    Path imagesFile = directory.resolve("images");
    Path labelsFile = directory.resolve("labels");
    IdxWriter.write(imagesFile, images);
    IdxWriter.write(labelsFile, labels);
    MnistSplit split =
        new MnistSplit(
            "train",
            new org.apache.hadoop.fs.Path(imagesFile.toString()),
            new org.apache.hadoop.fs.Path(labelsFile.toString()));
    assertThatThrownBy(() -> split.check(CONF))
        .isInstanceOf(UserException.class)
        .hasMessage(message.replace("$", directory + "/"));
  }

  private void assertImagesFail(byte[] images, String message) {
    assertCheckFails(images, IdxWriter.labels(TEN), message);
  }

  private void assertLabelsFail(byte[] labels, String message) {
    assertCheckFails(IdxWriter.images(TEN), labels, message);
  }

  private static UnaryOperator<byte[]> packing(boolean packed) {
    return packed ? IdxWriter::gzip : UnaryOperator.identity();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tooShort(boolean packed) {
    byte[] images = IdxWriter.images(TEN);
    assertImagesFail(
        packing(packed).apply(Arrays.copyOf(images, 5000)),
        "$images is cut short: expected 7856 bytes for 10 images, found 5000");
    assertLabelsFail(
        packing(packed).apply(Arrays.copyOf(IdxWriter.labels(TEN), 17)),
        "$labels is cut short: expected 18 bytes for 10 labels, found 17");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tooLong(boolean packed) {
    byte[] images = IdxWriter.images(TEN);
    assertImagesFail(
        packing(packed).apply(Arrays.copyOf(images, images.length + 100_000)),
        "$images is too long: expected 7856 bytes for 10 images, found 107856");
    assertLabelsFail(
        packing(packed).apply(Arrays.copyOf(IdxWriter.labels(TEN), 19)),
        "$labels is too long: expected 18 bytes for 10 labels, found 19");
  }

  @Test
  void cutInTheHeader() {
    byte[] images = IdxWriter.images(TEN);
    assertImagesFail(new byte[0], "$images is cut short: expected a header of 16 bytes, found 0");
    assertImagesFail(
        Arrays.copyOf(images, 3), "$images is cut short: expected a header of 16 bytes, found 3");
    assertImagesFail(
        Arrays.copyOf(images, 15), "$images is cut short: expected a header of 16 bytes, found 15");
  }

  @Test
  void wrongMagic() {
    assertImagesFail(
        IdxWriter.labels(TEN),
        "$images is no IDX file of images: expected magic number 0x00000803, found 0x00000801");
    assertLabelsFail(
        IdxWriter.images(TEN),
        "$labels is no IDX file of labels: expected magic number 0x00000801, found 0x00000803");
    assertImagesFail(
        IdxWriter.idx(0xd03, new int[] {10, 28, 28}, new byte[7840]),
        "$images is no IDX file of images: expected magic number 0x00000803, found 0x00000d03");
    assertImagesFail(
        "<html>Not found</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        "$images is no IDX file of images: expected magic number 0x00000803, found 0x3c68746d");
  }

  @Test
  void wrongDimensions() {
    assertImagesFail(
        IdxWriter.idx(0x803, new int[] {10, 32, 28}, new byte[8960]),
        "$images: expected images of 28 x 28 pixels, found 32 x 28");
    assertImagesFail(
        IdxWriter.idx(0x803, new int[] {-1, 28, 28}, new byte[784]),
        "$images: expected a number of images, found -1");
  }

  @Test
  void countsThatDiffer() {
    assertLabelsFail(
        IdxWriter.labels(TEN.subList(0, 9)),
        "$labels has 9 labels, but $images has 10 images; the files do not belong together");
  }

  @Test
  void aLabelThatIsNoDigit() {
    byte[] labels = IdxWriter.labels(TEN);
    labels[8 + 3] = 10;
    assertLabelsFail(labels, "$labels: expected labels from 0 to 9, found 10 at place 3");
    labels[8 + 3] = (byte) 200;
    assertLabelsFail(labels, "$labels: expected labels from 0 to 9, found 200 at place 3");
  }

  @Test
  void noImages() {
    assertCheckFails(
        IdxWriter.images(List.of()), IdxWriter.labels(List.of()), "$images holds no images");
  }

  @Test
  void aGzipFileThatIsCutShort() {
    byte[] packed = IdxWriter.gzip(IdxWriter.labels(TEN));
    assertLabelsFail(
        Arrays.copyOf(packed, 5),
        "$labels is a damaged gzip file, after 0 bytes unpacked: it ends within its header");
  }

  @Test
  void aGzipFileThatIsDamaged() {
    byte[] packed = IdxWriter.gzip(IdxWriter.labels(TEN));
    packed[packed.length - 8] ^= 1;
    assertLabelsFail(
        packed, "$labels is a damaged gzip file, after 18 bytes unpacked: Corrupt GZIP trailer");
  }
}
