/** Pictures that a page holds itself: charts, drawn light and dark, and scans. */
package org.digitrecognizer.report.picture;
