package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.digitrecognizer.jobs.SmallMnist;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On which addresses a job in local mode listens, as the kernel tells. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class ListeningIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** Columns of /proc/net/tcp. */
  private static final int LOCAL = 1;

  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENING = "0A";

  /** 127.0.0.1 and ::ffff:127.0.0.1 as Linux writes them. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F");

  @TempDir Path directory;

  /** The driver and its blocks have a port each, and the UI one more where it is turned on. */
  @ParameterizedTest
  @CsvSource({"false, 2", "true, 3"})
  void localModeListensOnLoopbackOnly(String ui, int ports) throws Exception {
    Run.Started run =
        Run.start(
            directory,
            Map.of(),
            List.of(
                PROJECT.resolve("submit/digits").toString(),
                "ingest",
                "--source",
                SmallMnist.MNIST.toString(),
                "--output",
                directory.resolve("dataset").toString(),
                "--",
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=" + ui));
    List<String> addresses = List.of();
    while (run.process().isAlive()) {
      List<String> now = addresses(run.process());
      addresses = now.size() > addresses.size() ? now : addresses;
      Thread.sleep(20);
    }
    Run end = run.end();
    assertThat(end.status()).as(end.toString()).isZero();
    assertThat(addresses).hasSize(ports).allMatch(LOOPBACK::contains);
  }

  /**
   * Returns the local addresses on which a process listens, in the kernel's form; none if it ended.
   */
  private static List<String> addresses(Process process) {
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
