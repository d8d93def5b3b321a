// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of object storage on loopback, in a process of its own, with one bucket. */
final class ObjectStorage implements AutoCloseable {

  static final String BUCKET = "s3a://digits/";

  private static final Path COLLECTED = Path.of("../s3/target").toAbsolutePath().normalize();
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

  /** Of which the server writes a line for each request, and nothing else. */
  private static final String LOGBACK =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%msg%n</pattern></encoder>
        </appender>
        <logger name="org.gaul.s3proxy.S3ProxyHandler" level="DEBUG"/>
        <root level="WARN"><appender-ref ref="out"/></root>
      </configuration>
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String endpoint;
  private final Path log;
  private final Process server;

  private ObjectStorage(Path directory) throws IOException {
    assertThat(COLLECTED.resolve("server"))
        .as("'mvn -Pslow -pl s3 package' collects it")
        .isDirectory();
    endpoint = "http://127.0.0.1:" + freePort();
    log = directory.resolve("requests.txt");
    Path logback = Files.writeString(directory.resolve("logback.xml"), LOGBACK);
    Path settings =
        Files.writeString(
            directory.resolve("s3proxy.properties"),
            String.join(
                "\n",
                "s3proxy.authorization=none",
                "s3proxy.endpoint=" + endpoint,
                // In memory: over a folder it answers for a folder as if it were an object.
                "jclouds.provider=transient",
                "jclouds.identity=any",
                "jclouds.credential=any"));
    server =
        new ProcessBuilder(
                "java",
                "-Xmx512m",
                "-Dlogback.configurationFile=" + logback,
                "-cp",
                COLLECTED.resolve("server") + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /**
   * Starts a server and makes the bucket.
   *
   * @param directory for its settings and its log
   */
  static ObjectStorage start(Path directory) throws IOException, InterruptedException {
    ObjectStorage storage = new ObjectStorage(directory);
    while (true) {
      try {
        assertThat(storage.send("digits", new byte[0]).statusCode()).isEqualTo(200);
        return storage;
      } catch (ConnectException e) {
        assertThat(storage.server.isAlive()).as(Files.readString(storage.log)).isTrue();
        Thread.sleep(100);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns what a user passes to a job that works here, as the lines of conf/ say. */
  List<String> options() throws IOException {
    List<String> options = new ArrayList<>();
    Map.of(
            "endpoint", endpoint,
            "path.style.access", "true",
            "multiobjectdelete.enable", "false",
            "directory.marker.retention", "keep",
            "experimental.input.fadvise", "random",
            "readahead.range", "1M")
        .forEach((key, value) -> options.addAll(conf("spark.hadoop.fs.s3a." + key, value)));
    options.addAll(conf("spark.driver.extraClassPath", COLLECTED.resolve("connector") + "/*"));
    return options;
  }

  private static List<String> conf(String key, String value) {
    return List.of("--conf", key + "=" + value);
  }

  /** Returns the credentials, as a user has them in the environment. */
  static Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", "any", "AWS_SECRET_ACCESS_KEY", "any");
  }

  void put(String key, byte[] bytes) throws IOException, InterruptedException {
    assertThat(send("digits/" + key, bytes).statusCode()).as(key).isEqualTo(200);
  }

  private HttpResponse<String> send(String path, byte[] bytes)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint + "/" + path))
            .PUT(BodyPublishers.ofByteArray(bytes))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  byte[] get(String key) throws IOException, InterruptedException {
    // What the jobs name has an equals sign, as in batch=0, and nothing that is to be escaped.
    HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/digits/" + key)).build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).as(key).isEqualTo(200);
    return response.body();
  }

  /** Returns the keys of the objects below a folder; no more than a thousand of them. */
  List<String> keys(String prefix) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint + "/digits?list-type=2&prefix=" + prefix))
            .build();
    String listed = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
    return KEY.matcher(listed).results().map(ObjectStorage::key).toList();
  }

  private static String key(MatchResult found) {
    return found.group(1);
  }

  /** Returns how many requests there were. */
  long requests() throws IOException {
    String all = Files.readString(log, StandardCharsets.ISO_8859_1);
    Matcher request = Pattern.compile("request: Request\\(").matcher(all);
    return request.results().count();
  }

  @Override
  public void close() {
    server.destroyForcibly();
  }
}
