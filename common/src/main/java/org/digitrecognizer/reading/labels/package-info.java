/** True digits, as files of labels or patterns of names give them. */
package org.digitrecognizer.reading.labels;
