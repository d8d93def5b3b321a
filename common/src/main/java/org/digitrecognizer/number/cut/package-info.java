/** A number that is written freely: its ink in pieces, and the ways to make digits of them. */
package org.digitrecognizer.number.cut;
