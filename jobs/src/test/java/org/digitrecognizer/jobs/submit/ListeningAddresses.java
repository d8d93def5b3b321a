// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** On which addresses a process listens, as Linux tells. */
final class ListeningAddresses {

  /** Columns of /proc/net/tcp. */
  private static final int LOCAL = 1;

  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENING = "0A";

  /** 127.0.0.1 and ::ffff:127.0.0.1 as Linux writes them. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F");

  private ListeningAddresses() {}

  /** Whether an address, in the kernel's form, is of no other machine's reach. */
  static boolean isLoopback(String address) {
    return LOOPBACK.contains(address);
  }

  /**
   * Returns the local addresses on which a process listens, in the kernel's form; none if it ended.
   */
  static List<String> of(ProcessHandle process) {
    Path kernel = Path.of("/proc", "" + process.pid());
    List<String> addresses = new ArrayList<>();
    try {
      Set<String> sockets = sockets(kernel.resolve("fd"));
      for (String table : List.of("net/tcp", "net/tcp6")) {
        for (String line : Files.readAllLines(kernel.resolve(table))) {
          String[] fields = line.strip().split("\\s+", -1);
          if (fields[STATE].equals(LISTENING)
              && sockets.contains("socket:[" + fields[INODE] + "]")) {
            addresses.add(fields[LOCAL].replaceFirst(":.*", ""));
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
    return addresses;
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> files = Files.list(descriptors)) {
      for (Path file : files.toList()) {
        sockets.add(target(file));
      }
    }
    return sockets;
  }

  /** Returns where a link leads, "" if it was closed just now. */
  private static String target(Path link) throws IOException {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
