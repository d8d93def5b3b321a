/**
 * A Jupyter kernel for Java: JShell behind the messages of Jupyter. It knows nothing of digits or
 * Spark, but runs cells in its own JVM, so that what they define can go into Spark's tasks.
 */
package org.digitrecognizer.notebook.kernel;
