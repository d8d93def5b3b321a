// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the desk: HTML pages on which people key what the machine is not sure of. They open from
 * disk, hold their own pictures, and fetch and send nothing. However many items there are, one is
 * in memory.
 */
public final class Desk implements Closeable {

  /** How many items a page has: some ten minutes of keying, and a file of about 2 MB. */
  public static final int PAGE_ITEMS = 500;

  /** The page that lists the others. */
  public static final String INDEX = "index.html";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Files files;
  private final About about;

  /** How many items each page has. */
  private final List<Integer> pages = new ArrayList<>();

  private Writer page;
  private long leftOut;

  /** Where the pages go. */
  public interface Files {

    /**
     * Opens a new file for writing.
     *
     * @param name of the file, without a folder
     */
    OutputStream create(String name) throws IOException;
  }

  /**
   * What all pages have in common.
   *
   * @param output names the output, and no other, for answers kept in the browser
   * @param numbers whether whole numbers are keyed, and not digits
   * @param doubleKey whether two people are to key each item without seeing what was read
   * @param written when, ISO 8601
   */
  public record About(String output, boolean numbers, boolean doubleKey, String written) {

    String heading() {
      return numbers ? "Numbers to check" : "Digits to check";
    }
  }

  /**
   * Something for a person to key: a digit or a number, or an image that was rejected.
   *
   * @param source of the image
   * @param round how many answers were taken in before; a new round is asked anew
   * @param read what was read; null where that is nothing
   * @param keyedBy who is not asked again
   * @param reason why nothing was read or, where something was, which other numbers it contradicts;
   *     null where it is only unsure
   * @param alone whether it is keyed one by one only, never compared with its like
   * @param picture a grey PNG of the scan
   */
  @SuppressWarnings("ArrayRecordComponent") // Written once; nobody compares them.
  public record Item(
      String source,
      int round,
      String read,
      List<String> keyedBy,
      String reason,
      boolean alone,
      byte[] picture) {}

  public Desk(Files files, About about) {
    this.files = files;
    this.about = about;
  }

  /** Adds an item, in the order in which they are keyed. */
  public void add(Item item) throws IOException {
    if (page != null && pages.get(pages.size() - 1) == PAGE_ITEMS) {
      endPage(true);
    }
    if (page == null) {
      beginPage();
    }
    int last = pages.size() - 1;
    page.write(pages.get(last) == 0 ? "" : ",\n");
    // A name must not end the block of data that it stands in.
    page.write(JSON.writeValueAsString(fields(item)).replace("<", "\\u003c"));
    pages.set(last, pages.get(last) + 1);
  }

  /**
   * Says that some are not here.
   *
   * @param readings that are left to a person and have no picture
   */
  public void leaveOut(long readings) {
    leftOut = readings;
  }

  /** Returns how many items were added. */
  public long items() {
    return pages.stream().mapToLong(Integer::longValue).sum();
  }

  /** Ends the last page and writes the list of pages. */
  @Override
  public void close() throws IOException {
    if (page != null) {
      endPage(false);
    }
    try (Writer index = open(INDEX)) {
      DeskFrame.begin(index, about.heading(), about, 0);
      index.write("</header>\n<main>\n<section>\n");
      writePages(index);
      index.write("</section>\n");
      index.write(DeskFrame.INDEX_BODY);
      index.write("</main>\n");
      DeskFrame.end(index);
    }
  }

  private void writePages(Writer index) throws IOException {
    if (pages.isEmpty()) {
      index.write("<h2>Nothing is left to a person.</h2>\n");
    } else {
      index.write(String.format("<h2>%,d to check</h2>\n<table>\n", items()));
      index.write(
          "<thead><tr><th scope=\"col\">Page</th><th scope=\"col\">Items</th>"
              + "<th scope=\"col\">Answered in this browser</th></tr></thead>\n<tbody>\n");
      for (int number = 1; number <= pages.size(); number++) {
        index.write(
            String.format(
                "<tr><td><a href=\"%s\">Page %d</a></td><td>%d</td><td"
                    + " data-of=\"%d\">0</td></tr>\n",
                name(number), number, pages.get(number - 1), number));
      }
      index.write("</tbody>\n</table>\n");
    }
    if (leftOut > 0) {
      index.write(
          String.format(
              "<p>%,d more have no picture here: ../review.csv lists" + " them.</p>\n", leftOut));
    }
  }

  private void beginPage() throws IOException {
    pages.add(0);
    int number = pages.size();
    page = open(name(number));
    DeskFrame.begin(page, about.heading() + ", page " + number, about, number);
    page.write("<nav aria-label=\"Pages\"><a href=\"" + INDEX + "\">All pages</a></nav>\n");
    page.write("</header>\n");
    page.write(DeskFrame.PAGE_BODY);
    page.write("<script type=\"application/json\" id=\"items\">[\n");
  }

  private void endPage(boolean another) throws IOException {
    page.write("\n]</script>\n<footer>");
    if (another) {
      page.write("<a rel=\"next\" href=\"" + name(pages.size() + 1) + "\">Next page</a>");
    }
    page.write("</footer>\n");
    DeskFrame.end(page);
    page.close();
    page = null;
  }

  private Writer open(String name) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(files.create(name), StandardCharsets.UTF_8), 1 << 16);
  }

  private static String name(int number) {
    return String.format("page-%04d.html", number);
  }

  private static Map<String, Object> fields(Item item) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("i", SourceHash.id(item.source));
    fields.put("n", item.round);
    fields.put("r", item.read);
    fields.put("s", item.source);
    if (item.reason != null) {
      fields.put("y", item.reason);
    }
    if (!item.keyedBy.isEmpty()) {
      fields.put("k", item.keyedBy);
    }
    if (item.alone) {
      fields.put("o", 1);
    }
    fields.put("p", Base64.getEncoder().encodeToString(item.picture));
    return fields;
  }
}
