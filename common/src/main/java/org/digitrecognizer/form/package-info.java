/**
 * Forms: what an image holds, and which numbers a field may have. {@link
 * org.digitrecognizer.form.FormFile} reads one.
 */
package org.digitrecognizer.form;
