// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes uncompressed TIFF files by hand, tag by tag (TIFF 6.0, section 2). */
final class TiffFile {

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int ENTRY = 12;

  private final List<Map<Integer, int[]>> tags = new ArrayList<>();
  private final List<byte[]> strips = new ArrayList<>();

  /** Adds an image of one strip: its size, samples a pixel, bits a sample, and what zero is. */
  TiffFile image(int width, int height, int perPixel, int bits, int photometric, byte[] strip) {
    tags.add(new TreeMap<>());
    strips.add(strip);
    int[] depths = new int[perPixel];
    Arrays.fill(depths, bits);
    return tag(256, width)
        .tag(257, height)
        .tag(258, depths)
        .tag(259, 1)
        .tag(262, photometric)
        .tag(273, 0)
        .tag(277, perPixel)
        .tag(278, height)
        .tag(279, strip.length);
  }

  /** Sets a tag of the last image. */
  TiffFile tag(int tag, int... values) {
    tags.get(tags.size() - 1).put(tag, values);
    return this;
  }

  byte[] bytes() {
    ByteBuffer file = ByteBuffer.allocate(1 << 20);
    file.put((byte) 'M').put((byte) 'M').putShort((short) 42);
    int link = 4;
    int free = 8;
    for (int i = 0; i < strips.size(); i++) {
      file.position(free);
      file.put(strips.get(i));
      tags.get(i).put(273, new int[] {free});
      int directory = (free + strips.get(i).length + 1) & ~1;
      file.putInt(link, directory);
      link = directory + 2 + tags.get(i).size() * ENTRY;
      free = write(file, directory, tags.get(i));
    }
    byte[] bytes = new byte[free];
    file.get(0, bytes);
    return bytes;
  }

  /** Returns where the next free byte is. */
  private static int write(ByteBuffer file, int directory, Map<Integer, int[]> tags) {
    int free = directory + 2 + tags.size() * ENTRY + 4;
    file.putShort(directory, (short) tags.size());
    int entry = directory + 2;
    for (Map.Entry<Integer, int[]> tag : tags.entrySet()) {
      int[] values = tag.getValue();
      int type = type(tag.getKey());
      int count = type == RATIONAL ? 1 : values.length;
      int size = (type == SHORT ? 2 : 4) * values.length;
      file.putShort(entry, tag.getKey().shortValue()).putShort(entry + 2, (short) type);
      file.putInt(entry + 4, count);
      int at = size <= 4 ? entry + 8 : free;
      if (size > 4) {
        file.putInt(entry + 8, free);
        free += size;
      }
      for (int i = 0; i < values.length; i++) {
        if (type == SHORT) {
          file.putShort(at + 2 * i, (short) values[i]);
        } else {
          file.putInt(at + 4 * i, values[i]);
        }
      }
      entry += ENTRY;
    }
    return free;
  }

  private static int type(int tag) {
    return switch (tag) {
      case 282, 283 -> RATIONAL;
      case 254, 273, 279 -> LONG;
      default -> SHORT;
    };
  }
}
