/** Documents decoded in a process of its own, which is ended where a page takes too long. */
package org.digitrecognizer.scan.helper;
