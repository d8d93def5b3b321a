/**
 * Makes digits as they stand on real paper out of MNIST's: other hands' strokes and styles, what
 * lies around a digit on a form or a cheque, the grain of a scan; and images of what is not one
 * digit. Everything is a pure function of the digits and a seed. {@link
 * org.digitrecognizer.training.augment.Augmentation} is the door.
 */
package org.digitrecognizer.training.augment;
