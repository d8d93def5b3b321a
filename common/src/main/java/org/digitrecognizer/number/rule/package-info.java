/** Rules of numbers as finite automata, which read a number from its last digit to its first. */
package org.digitrecognizer.number.rule;
