/**
 * The one kind of error that a user can mend. Everything else that is thrown is our own bug, and
 * keeps its stack trace.
 */
package org.digitrecognizer.failure;
