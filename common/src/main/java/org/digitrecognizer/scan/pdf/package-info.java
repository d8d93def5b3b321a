/** Documents in PDF to pages of grey pixels, within a budget. */
package org.digitrecognizer.scan.pdf;
