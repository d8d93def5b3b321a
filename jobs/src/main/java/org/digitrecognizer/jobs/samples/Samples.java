// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.form.Form;
import org.digitrecognizer.form.FormFile;
import org.digitrecognizer.jobs.launch.console.Progress;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.digitrecognizer.mnist.LabelledDigits;
import org.digitrecognizer.mnist.MnistFiles;
import org.digitrecognizer.mnist.MnistSplit;
import org.digitrecognizer.scan.DrawnPaper;

/**
 * Draws digits of MNIST, or numbers of them, as scans and packs them into an archive, with their
 * labels beside it. The digits come in a random order, and what an entry is called does not tell
 * its label. The digits of the split are held in memory, 784 bytes each, but none of the scans.
 */
public final class Samples {

  private static final int FIELDS_OF_A_FORM = 30;

  private final Configuration conf;
  private final SamplesOptions options;
  private final PrintWriter out;

  private Samples(Configuration conf, SamplesOptions options, PrintWriter out) {
    this.conf = conf;
    this.options = options;
    this.out = out;
  }

  /**
   * Makes the scans.
   *
   * @param conf Hadoop's settings, for source and output
   * @param out receives progress
   * @throws UserException if a file of the source is missing or damaged, or the output exists
   * @throws IOException if the file system fails
   */
  public static SamplesResult run(Configuration conf, SamplesOptions options, PrintWriter out)
      throws IOException {
    return new Samples(conf, options, out).run();
  }

  private SamplesResult run() throws IOException {
    SamplesOutput output = new SamplesOutput(options.output(), options.archive(), conf);
    output.requireWritable(options.overwrite());
    Form form = form();
    List<LabelledDigit> digits;
    try (Stages stages = Stages.of(out)) {
      stages.begin("Reading the digits of " + options.source());
      digits = digits();
    }
    try (output) {
      SamplesResult result =
          form == null ? write(digits, output) : writeNumbers(form, digits, output);
      output.commit();
      return result;
    }
  }

  private Form form() throws IOException {
    if (options.numbers() == null) {
      return null;
    }
    Form form = FormFile.read(options.numbers(), conf);
    NumberSamples.check(form, options.numbers().toString());
    return form;
  }

  private List<LabelledDigit> digits() throws IOException {
    MnistFiles files = MnistFiles.find(options.source(), conf);
    MnistSplit split = options.split().equals("train") ? files.train() : files.test();
    List<LabelledDigit> digits = new ArrayList<>();
    try (LabelledDigits all = split.read(0, Long.MAX_VALUE, conf)) {
      all.forEachRemaining(digits::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (digits.isEmpty()) {
      throw new UserException(split.images() + " holds no images");
    }
    Collections.shuffle(digits, new Random(options.seed()));
    return digits;
  }

  private SamplesResult writeNumbers(Form form, List<LabelledDigit> digits, SamplesOutput output)
      throws IOException {
    List<List<LabelledDigit>> byLabel =
        NumberSamples.byLabel(digits, options.source() + " (" + options.split() + ")");
    SplittableRandom random = new SplittableRandom(options.seed());
    NumberPainter painter = new NumberPainter(painter(random), byLabel, random);
    long images = 0;
    try (PngEncoder encoder = new PngEncoder();
        EntryWriter archive = output.createArchive();
        Writer labels = output.createLabels();
        Progress progress = Progress.of("Drawing", "sheets", options.images(), out)) {
      NumberSamples sheets =
          new NumberSamples(form, options.numbers().toString(), painter, encoder, random);
      labels.write(NumberSamples.HEADER);
      for (long i = 0; i < options.images(); i++) {
        images += sheets.write(i, archive, labels);
        progress.done(i + 1);
      }
    }
    return new SamplesResult(output.archive(), output.labels(), images, 0);
  }

  private ScanPainter painter(SplittableRandom random) {
    DrawnPaper paper = options.paper() ? new DrawnPaper(options.seed()) : null;
    return new ScanPainter(options.minSize(), options.maxSize(), random, paper);
  }

  private SamplesResult write(List<LabelledDigit> digits, SamplesOutput output) throws IOException {
    SplittableRandom random = new SplittableRandom(options.seed());
    ScanPainter painter = painter(random);
    int extras;
    try (PngEncoder encoder = new PngEncoder();
        EntryWriter archive = output.createArchive();
        Writer labels = output.createLabels();
        Progress progress = Progress.of("Drawing", "scans", options.images(), out)) {
      labels.write("entry,label\n");
      for (long i = 0; i < options.images(); i++) {
        LabelledDigit digit = digits.get((int) (i % digits.size()));
        String name = name(i);
        archive.write(name, encoder.encode(painter.paint(digit.image())));
        labels.write(name + "," + digit.label() + "\n");
        progress.done(i + 1);
      }
      extras = options.extras() ? writeExtras(digits, archive, new Extras(painter, encoder)) : 0;
    }
    return new SamplesResult(output.archive(), output.labels(), options.images(), extras);
  }

  private static String name(long index) {
    return String.format("form-%04d/%06d.png", index / FIELDS_OF_A_FORM + 1, index);
  }

  private static int writeExtras(List<LabelledDigit> digits, EntryWriter archive, Extras extras)
      throws IOException {
    LabelledDigit last = digits.get(digits.size() - 1);
    Map<String, byte[]> entries = extras.entries(digits.get(0).image(), last.image());
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      archive.write(entry.getKey(), entry.getValue());
    }
    return entries.size();
  }
}
