package org.digitrecognizer.scan.normalise;

/**
 * The level that parts a histogram into two classes whose means lie furthest apart (Otsu, A
 * Threshold Selection Method from Gray-Level Histograms, 1979, equation 18).
 */
final class Otsu {

  private Otsu() {}

  /**
   * @param counts how often each level occurs
   * @return the last level of the lower class; 0 if all pixels have the same level
   */
  static int threshold(int[] counts) {
    double all = 0;
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      all += counts[i];
      sum += (double) i * counts[i];
    }
    double below = 0;
    double sumBelow = 0;
    double widest = 0;
    int threshold = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      sumBelow += (double) i * counts[i];
      double above = all - below;
      if (below > 0 && above > 0) {
        double distance = sumBelow / below - (sum - sumBelow) / above;
        double variance = below * above * distance * distance;
        if (variance > widest) {
          widest = variance;
          threshold = i;
        }
      }
    }
    return threshold;
  }
}
