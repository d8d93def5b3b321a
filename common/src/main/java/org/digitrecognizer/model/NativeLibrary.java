// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.digitrecognizer.failure.UserException;

/**
 * ND4J's native library, before it is loaded. On a machine that it was not built for, loading it
 * ends in an error that names a file, or kills the JVM at the first instruction that the processor
 * does not know.
 */
public final class NativeLibrary {

  private static final String FOLDER = "org/nd4j/linalg/cpu/nativecpu/bindings/";

  /** Ends of ND4J's classifiers, and what Linux calls the processor features that they need. */
  private static final Map<String, List<String>> NEEDS = new LinkedHashMap<>();

  static {
    List<String> avx2 = List.of("avx2", "fma");
    List<String> avx512 = List.of("avx2", "fma", "avx512f", "avx512bw", "avx512dq", "avx512vl");
    NEEDS.put("-onednn-avx512", avx512);
    NEEDS.put("-avx512", avx512);
    NEEDS.put("-onednn-avx2", avx2);
    NEEDS.put("-avx2", avx2);
    NEEDS.put("-onednn", List.of());
    NEEDS.put("", List.of());
  }

  private NativeLibrary() {}

  /**
   * Checks, once a JVM, that the library can run here. To be called before anything of ND4J.
   *
   * @throws UserException if it is for another platform or needs a processor feature that is not
   *     there
   */
  public static void require() {
    if (Checked.PROBLEM.isPresent()) {
      throw new UserException(Checked.PROBLEM.get());
    }
  }

  /**
   * @param platform as JavaCPP calls it, such as linux-x86_64
   * @param classifiers whether the library of a classifier is on the class path
   * @param features of the processor; empty where the system does not tell
   * @param machine for the message
   */
  static Optional<String> problem(
      String platform, Predicate<String> classifiers, Set<String> features, String machine) {
    Optional<String> end =
        NEEDS.keySet().stream().filter(each -> classifiers.test(platform + each)).findFirst();
    if (end.isEmpty()) {
      return Optional.of(
          "%s is a machine of the kind %s, for which the jar has no native library; build it with"
                  .formatted(machine, platform)
              + " -Dnd4j.classifier=%s".formatted(platform));
    }
    Set<String> missing = new TreeSet<>(NEEDS.get(end.get()));
    missing.removeAll(features);
    if (features.isEmpty() || missing.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "the processor of %s lacks %s, which the jar's native library (%s) needs; build it with"
                .formatted(machine, String.join(", ", missing), platform + end.get())
            + " -Dnd4j.classifier=%s-onednn".formatted(platform));
  }

  /** Returns the features in a text like Linux's /proc/cpuinfo; empty if there are none. */
  static Set<String> features(Stream<String> lines) {
    return lines
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1))
        .map(flags -> Set.copyOf(Arrays.asList(flags)))
        .orElse(Set.of());
  }

  private static Set<String> features() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return features(lines);
    } catch (IOException e) {
      // Another system than Linux.
      return Set.of();
    }
  }

  private static boolean onClassPath(String classifier) {
    return resource(classifier, "jnind4jcpu").isPresent();
  }

  /** Returns the largest of its files, in the jar; none where JavaCPP looks elsewhere first. */
  private static Optional<URL> library(String platform) {
    if (Boolean.getBoolean("org.bytedeco.javacpp.pathsFirst")) {
      return Optional.empty();
    }
    return NEEDS.keySet().stream()
        .flatMap(end -> resource(platform + end, "nd4jcpu").stream())
        .findFirst();
  }

  private static Optional<URL> resource(String classifier, String library) {
    String name = FOLDER + classifier + "/" + System.mapLibraryName(library);
    return Optional.ofNullable(NativeLibrary.class.getClassLoader().getResource(name));
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }

  private static final class Checked {
    static final Optional<String> PROBLEM =
        problem(Loader.getPlatform(), NativeLibrary::onClassPath, features(), machine())
            .or(() -> library(Loader.getPlatform()).flatMap(UnpackedLibrary::problem));
  }
}
