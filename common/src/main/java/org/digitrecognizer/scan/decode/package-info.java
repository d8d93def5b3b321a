/** Bytes of an image file to pages of grey pixels, whatever the bytes hold. */
package org.digitrecognizer.scan.decode;
