/**
 * What the notebooks in Java draw with, so that their cells say what is shown and not how: where
 * the results of the jobs are, charts, sheets of pictures, tables. Everything that a cell can end
 * with is shown by any kernel that is made with jupyter-jvm-basekernel, such as ours and JJava.
 */
package org.digitrecognizer.notebook;
