/** What all kinds of archives share: windows on a file, decompression, limits and damage. */
package org.digitrecognizer.archive.io;
