package org.digitrecognizer.jobs.score.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.evaluation.RejectedScan;
import org.digitrecognizer.evaluation.Specimen;

/** Pictures as a file: gzipped JSON, the images in Base64. */
@SuppressWarnings("ArrayRecordComponent") // For Jackson only; nobody compares them.
public final class PictureFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PictureFile() {}

  /** All of a file. */
  record Content(List<Digit> leastCertain, List<Digit> mistakes, List<Reject> rejects) {}

  /** A digit that was read. */
  record Digit(
      String source,
      byte[] pixels,
      float[] probabilities,
      double confidence,
      Integer truth,
      Scan scan) {

    static Digit of(Specimen specimen) {
      return new Digit(
          specimen.source(),
          specimen.image().pixels(),
          specimen.reading().probabilities(),
          specimen.reading().confidence(),
          specimen.truth().isPresent() ? specimen.truth().getAsInt() : null,
          Scan.of(specimen.scan()));
    }

    Specimen specimen() {
      return Specimen.of(
          source,
          DigitImage.of(pixels),
          Reading.recorded(probabilities, confidence),
          truth == null ? OptionalInt.empty() : OptionalInt.of(truth),
          Scan.image(scan));
    }
  }

  /** A reject. */
  record Reject(String source, Reason reason, String detail, Scan scan) {

    static Reject of(RejectedScan rejected) {
      return new Reject(
          rejected.source(), rejected.reason(), rejected.detail(), Scan.of(rejected.scan()));
    }

    RejectedScan rejectedScan() {
      return new RejectedScan(source, reason, detail, Scan.image(scan));
    }
  }

  /** A small scan: row by row, 0 = black and 255 = white. */
  record Scan(int width, int height, byte[] pixels) {

    static Scan of(Optional<GreyImage> image) {
      return image.map(some -> new Scan(some.width(), some.height(), some.pixels())).orElse(null);
    }

    static Optional<GreyImage> image(Scan scan) {
      return Optional.ofNullable(scan)
          .map(some -> new GreyImage(some.width, some.height, some.pixels));
    }
  }

  /** Writes a file, over one that is there. */
  public static void write(FileSystem fs, Path file, Pictures pictures) throws IOException {
    Content content =
        new Content(
            pictures.leastCertain().ranked().stream().map(Digit::of).toList(),
            pictures.mistakes().ranked().stream().map(Digit::of).toList(),
            pictures.rejects().byReason().values().stream()
                .flatMap(List::stream)
                .map(Reject::of)
                .toList());
    try (OutputStream out = fs.create(file, true);
        OutputStream packed = new GZIPOutputStream(out)) {
      JSON.writeValue(packed, content);
    }
  }

  static Pictures read(FileSystem fs, Path file) throws IOException {
    Content content;
    try (InputStream in = fs.open(file);
        InputStream unpacked = new GZIPInputStream(in)) {
      content = JSON.readValue(unpacked, Content.class);
    }
    Pictures pictures = new Pictures();
    content.leastCertain.forEach(digit -> pictures.leastCertain().offer(digit.specimen()));
    content.mistakes.forEach(digit -> pictures.mistakes().offer(digit.specimen()));
    content.rejects.forEach(reject -> pictures.rejects().add(reject.rejectedScan()));
    return pictures;
  }
}
