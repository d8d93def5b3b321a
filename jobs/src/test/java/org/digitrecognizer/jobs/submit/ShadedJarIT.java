// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the one jar for spark-submit, and what must not be. */
class ShadedJarIT {

  private static final Path JAR = Path.of("target", "digit-recognizer-jobs.jar");
  private static final Path SPARK_JARS = Path.of("target", "spark", "jars");

  /**
   * Took over a constant when it was compiled: the name of the class it is from is left among its
   * own constants, and nothing refers to it.
   */
  private static final Set<String> ONLY_NAMES_IT = Set.of("org/apache/commons/csv/Lexer.class");

  @Test
  void noClassStandsInSparksJarsToo() throws IOException {
    List<String> ours = classes(JAR);
    assertThat(ours).contains("org/digitrecognizer/jobs/Digits.class");
    Map<String, Path> sparks = sparkClasses();
    assertThat(sparks).containsKey("org/apache/spark/deploy/SparkSubmit.class");
    sparks.keySet().retainAll(ours);
    assertThat(sparks).as("classes of ours that Spark has too").isEmpty();
  }

  /** Two classes of each: one that every version has, and one that Spark's is too old for. */
  @Test
  void carriesNewerLibrariesThanSparksUnderNamesOfItsOwn() throws IOException {
    String ours = "org/digitrecognizer/shaded/commons/";
    assertThat(classes(JAR))
        .contains(ours + "compress/archivers/tar/TarUtils.class")
        .contains(ours + "compress/CompressException.class")
        .contains(ours + "io/IOUtils.class")
        .contains(ours + "io/input/AbstractInputStream.class")
        .contains(ours + "lang3/StringUtils.class")
        .contains(ours + "lang3/ArrayFill.class");
    String sparks = "org/apache/commons/";
    assertThat(sparkClasses())
        .containsKey(sparks + "compress/archivers/tar/TarUtils.class")
        .doesNotContainKey(sparks + "compress/CompressException.class")
        .containsKey(sparks + "io/IOUtils.class")
        .doesNotContainKey(sparks + "io/input/AbstractInputStream.class")
        .containsKey(sparks + "lang3/StringUtils.class")
        .doesNotContainKey(sparks + "lang3/ArrayFill.class");
  }

  @Test
  void noClassAsksSparkForWhatIsRelocated() throws IOException {
    Pattern original = Pattern.compile("org[./]apache[./]commons[./](compress|io|lang3)[./]");
    List<String> asking = new ArrayList<>();
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".class")
            && !ONLY_NAMES_IT.contains(entry.getName())
            && original.matcher(text(jar, entry)).find()) {
          asking.add(entry.getName());
        }
      }
    }
    assertThat(asking).as("classes that name a library as Spark has it").isEmpty();
  }

  @Test
  void hasOneNativeLibraryOfNd4j() throws IOException {
    assertThat(entries(JAR)).filteredOn(name -> name.endsWith("/libnd4jcpu.so")).hasSize(1);
  }

  /** What it links to, and what Java calls it through; nothing for a debugger. */
  @Test
  void hasOneNativeLibraryOfOnnxRuntime() throws IOException {
    List<String> natives =
        entries(JAR).stream()
            .filter(name -> name.startsWith("ai/onnxruntime/native/") && !name.endsWith("/"))
            .toList();
    assertThat(natives)
        .hasSize(2)
        .allMatch(name -> name.matches("ai/onnxruntime/native/[^/]+/[^/]+\\.(so|dylib|dll)"));
    assertThat(natives.stream().map(name -> name.replaceFirst("/[^/]+$", "")).distinct())
        .hasSize(1);
    assertThat(entries(JAR)).contains("META-INF/licenses/onnxruntime.txt", "ThirdPartyNotices.txt");
  }

  @Test
  void namesItsMainClassAndCarriesNoSignatureOfOthers() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Main-Class")).isEqualTo("org.digitrecognizer.jobs.Digits");
      assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
    }
    assertThat(entries(JAR)).noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"));
  }

  private static Map<String, Path> sparkClasses() throws IOException {
    Map<String, Path> sparks = new TreeMap<>();
    for (Path jar : sparkJars()) {
      classes(jar).forEach(name -> sparks.put(name, jar.getFileName()));
    }
    return sparks;
  }

  /** The class file as text: its names are in it as they are. */
  private static String text(JarFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static List<Path> sparkJars() throws IOException {
    try (Stream<Path> files = Files.list(SPARK_JARS)) {
      return files.sorted().toList();
    }
  }

  private static List<String> classes(Path file) throws IOException {
    return entries(file).stream()
        .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
        .filter(name -> !name.equals("module-info.class"))
        .toList();
  }

  private static List<String> entries(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      jar.stream().map(ZipEntry::getName).forEach(names::add);
    }
    return names;
  }
}
