package org.digitrecognizer.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Small files of one JSON object. Half of one is no JSON, which is how a file whose writer died is
 * told from a whole one, on file systems where nothing else can be relied on.
 */
public final class JsonFile {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private JsonFile() {}

  /** Writes a file, over one that is there. */
  public static void write(FileSystem fs, Path file, Object value) throws IOException {
    byte[] json = JSON.writeValueAsBytes(value);
    try (OutputStream stream = fs.create(file, true)) {
      stream.write(json);
    }
  }

  /** Reads a file; empty if there is none, or no whole one. */
  public static <T> Optional<T> readIfWhole(FileSystem fs, Path file, Class<T> type)
      throws IOException {
    try (InputStream stream = fs.open(file)) {
      return Optional.ofNullable(JSON.readValue(stream, type));
    } catch (FileNotFoundException | JsonProcessingException | ChecksumException e) {
      return Optional.empty();
    }
  }
}
