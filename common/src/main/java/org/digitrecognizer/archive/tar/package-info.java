/** Tar archives: headers walked from member to member, with their extensions. */
package org.digitrecognizer.archive.tar;
