// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;

/**
 * Small files of one JSON object. A sealed one carries a checksum of itself, so that half a file,
 * or one with a single changed bit, is told from a whole one on file systems where nothing else can
 * be relied on: {@code {"checksum":"…","value":…}}.
 */
public final class JsonFile {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setVisibility(PropertyAccessor.FIELD, Visibility.ANY)
          .setVisibility(PropertyAccessor.GETTER, Visibility.NONE)
          .setVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final String HEAD = "{\"checksum\":\"%08x\",\"value\":";
  private static final int HEAD_LENGTH = HEAD.formatted(0).length();

  private JsonFile() {}

  /** Writes a file without a seal, for other programs to read, over one that is there. */
  public static void write(FileSystem fs, Path file, Object value) throws IOException {
    byte[] json = JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value);
    FileContent content = out -> out.write(json);
    content.writeTo(fs, file);
  }

  /** Reads a file without a seal; empty if there is none, or none of this type. */
  public static <T> Optional<T> readOpen(FileSystem fs, Path file, Class<T> type)
      throws IOException {
    try (InputStream stream = fs.open(file)) {
      return Optional.ofNullable(JSON.readValue(stream.readAllBytes(), type));
    } catch (FileNotFoundException | JsonProcessingException | ChecksumException e) {
      return Optional.empty();
    }
  }

  /** Writes a sealed file, over one that is there. */
  public static void seal(FileSystem fs, Path file, Object value) throws IOException {
    byte[] sealed = sealed(value);
    FileContent content = out -> out.write(sealed);
    content.writeTo(fs, file);
  }

  /** Returns the bytes of a sealed file. */
  public static byte[] sealed(Object value) throws IOException {
    byte[] json = JSON.writeValueAsBytes(value);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(head(json, 0, json.length));
    bytes.write(json);
    bytes.write('}');
    return bytes.toByteArray();
  }

  /** Reads a sealed file; empty if there is none, or no whole one. */
  public static <T> Optional<T> readIfWhole(FileSystem fs, Path file, Class<T> type)
      throws IOException {
    try (InputStream stream = fs.open(file)) {
      return value(stream.readAllBytes(), type);
    } catch (FileNotFoundException | JsonProcessingException | ChecksumException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a sealed file that must be there.
   *
   * @param remedy what the user can do, as the end of a sentence
   * @throws UserException if it is missing, cut off or changed
   */
  public static <T> T read(FileSystem fs, Path file, Class<T> type, String remedy)
      throws IOException {
    return readIfWhole(fs, file, type)
        .orElseThrow(
            () -> new UserException(file + " is missing, cut off or was changed; " + remedy));
  }

  private static <T> Optional<T> value(byte[] bytes, Class<T> type) throws IOException {
    int length = bytes.length - HEAD_LENGTH - 1;
    if (length < 0 || bytes[bytes.length - 1] != '}') {
      return Optional.empty();
    }
    byte[] head = head(bytes, HEAD_LENGTH, length);
    for (int i = 0; i < HEAD_LENGTH; i++) {
      if (head[i] != bytes[i]) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(JSON.readValue(bytes, HEAD_LENGTH, length, type));
  }

  private static byte[] head(byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, length);
    return HEAD.formatted(checksum.getValue()).getBytes(StandardCharsets.US_ASCII);
  }
}
