// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.dflib.jjava.jupyter.kernel.display.DisplayDataRenderable;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** Rows of Spark's as a table. A cell that ends with one shows it. */
public final class Table implements DisplayDataRenderable {

  /** More is no longer looked at in a notebook. */
  private static final int MOST_ROWS = 50;

  private final String[] columns;
  private final List<Row> rows;

  private Table(String[] columns, List<Row> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Returns the first {@value #MOST_ROWS} rows. */
  public static Table of(Dataset<Row> dataset) {
    return new Table(dataset.columns(), dataset.takeAsList(MOST_ROWS));
  }

  @Override
  public void render(RenderContext context) {
    context.getOutputContainer().putData(MIMEType.TEXT_HTML, html());
  }

  private String html() {
    StringBuilder html = new StringBuilder("<table>\n<tr>");
    for (String column : columns) {
      html.append("<th>").append(escape(column)).append("</th>");
    }
    for (Row row : rows) {
      html.append("</tr>\n<tr>");
      for (int i = 0; i < columns.length; i++) {
        html.append("<td>").append(escape(text(row.get(i)))).append("</td>");
      }
    }
    return html.append("</tr>\n</table>").toString();
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4f", number)
        : value.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return "A table of " + rows.size() + " rows";
  }
}
