package org.digitrecognizer.backend;

import java.nio.FloatBuffer;

/**
 * Cuts an image into tiles of 6×6 places, four apart in each direction, and transforms them: Bᵀ d
 * B. The lines of {@link WinogradTransform} are a row of tiles, {@code [tilesAcross, channels]}.
 * For one thread.
 */
final class WinogradInput {

  private static final int SIZE = WinogradTransform.INPUTS;
  private static final int STEP = WinogradTransform.OUTPUTS;

  private final int tilesAcross;
  private final int channels;

  /** Of each row of tiles and each of six columns the six lines that a tile has of it. */
  private final float[][][][] columns;

  /** Half transformed: of each column six lines; the same lines row by row. */
  private final float[][][] half;

  private final float[][][] halfRows;
  private final float[][] tiles = new float[SIZE][];

  /**
   * @param tilesDown rows of tiles
   * @param tilesAcross tiles of a row
   * @param channels of the image
   */
  WinogradInput(int tilesDown, int tilesAcross, int channels) {
    this.tilesAcross = tilesAcross;
    this.channels = channels;
    int length = tilesAcross * channels;
    float[][][] lines = new float[tilesDown * STEP + SIZE - STEP][SIZE][length];
    columns = new float[tilesDown][SIZE][SIZE][];
    for (int place = 0; place < tilesDown * SIZE * SIZE; place++) {
      int down = place / (SIZE * SIZE);
      int column = place / SIZE % SIZE;
      int row = place % SIZE;
      columns[down][column][row] = lines[down * STEP + row][column];
    }
    half = new float[SIZE][SIZE][length];
    halfRows = new float[SIZE][SIZE][];
    for (int place = 0; place < SIZE * SIZE; place++) {
      halfRows[place / SIZE][place % SIZE] = half[place % SIZE][place / SIZE];
      tiles[place % SIZE] = new float[length];
    }
  }

  /**
   * Takes a row of an image.
   *
   * @param y number of the row
   * @param row {@code [width, channels]}
   */
  void take(int y, float[] row) {
    // The last two rows of one row of tiles are the first two of the next: the same lines.
    int down = Math.min(y / STEP, columns.length - 1);
    for (int column = 0; column < SIZE; column++) {
      float[] line = columns[down][column][y - down * STEP];
      for (int tile = 0; tile < tilesAcross; tile++) {
        int from = (tile * STEP + column) * channels;
        System.arraycopy(row, from, line, tile * channels, channels);
      }
    }
  }

  /**
   * Transforms the image whose rows were taken last.
   *
   * @param to receives {@code [6·6, tiles, channels]}, tiles of several images
   * @param first the image's first among the tiles
   * @param total all tiles
   */
  void transform(FloatBuffer to, int first, int total) {
    for (int down = 0; down < columns.length; down++) {
      for (int column = 0; column < SIZE; column++) {
        WinogradTransform.input(columns[down][column], half[column]);
      }
      for (int row = 0; row < SIZE; row++) {
        WinogradTransform.input(halfRows[row], tiles);
        for (int column = 0; column < SIZE; column++) {
          int place = (row * SIZE + column) * total + first + down * tilesAcross;
          to.position(place * channels).put(tiles[column]);
        }
      }
    }
  }
}
