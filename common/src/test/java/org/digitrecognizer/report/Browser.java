// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real headless Chromium with a fresh profile, and what it complained of or asked for. */
public final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");

  /** Warns of each version of Chromium that is newer than itself. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  /** HTML text that is in sight and has less contrast than WCAG 2.2 asks for. */
  private static final String FAINT =
      """
      const parse = (c) => c.match(/[\\d.]+/g).map(Number);
      const light = (c) => c.map((v) => v / 255)
        .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = (e) => {
        if (!e) return [255, 255, 255];
        const [r, g, b, a = 1] = parse(getComputedStyle(e).backgroundColor);
        const below = a < 1 ? ground(e.parentElement) : [0, 0, 0];
        return [r, g, b].map((v, i) => a * v + (1 - a) * below[i]);
      };
      return Array.from(document.querySelectorAll('body *'))
        .filter((e) => e.offsetParent && e.checkVisibility()
          && getComputedStyle(e).color !== 'rgba(0, 0, 0, 0)'
          && Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.textContent.trim()))
        .map((e) => {
          const text = parse(getComputedStyle(e).color).slice(0, 3);
          const [a, b] = [light(text), light(ground(e))];
          const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          return [contrast, `${contrast.toFixed(2)} <${e.tagName} ${e.className}> ${e.innerText}`];
        })
        .filter(([contrast]) => contrast < 4.5).map(([, where]) => where);
      """;

  public final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one, or ends the test as skipped where none is installed. */
  public static Browser start(Path profile) {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(CHROMEDRIVER),
        "Skipped: no browser at /usr/bin/chromium and /usr/bin/chromedriver"
            + " (apt-get install chromium chromium-driver)");
    SELENIUM.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile.toAbsolutePath());
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(CHROMEDRIVER.toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  /**
   * Opens a page from disk.
   *
   * @param width of the window, in CSS pixels
   */
  public void open(Path page, int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 2, "mobile", width < 600));
    driver.get(page.toUri().toString());
  }

  /** Lets pages save files into a folder, without asking. */
  public void saveTo(Path folder) {
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
  }

  /** Waits until the desk has saved corrections into a folder, and returns that file. */
  public Path saved(Path folder) throws IOException {
    await("a file of corrections is saved", () -> !corrections(folder).isEmpty());
    return corrections(folder).get(0);
  }

  private static List<Path> corrections(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("corrections-.*\\.csv"))
          // Chromium gives an empty file the name, and then moves the whole one there.
          .filter(file -> file.toFile().length() > 0)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until something holds, and fails if it never does. */
  public static void await(String what, BooleanSupplier holds) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("It never came to this: " + what);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  /** Lets pages be drawn as on paper. */
  public void print() {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
  }

  /** Returns text in sight whose contrast is below 4.5, as WCAG 2.2 counts it. */
  public List<?> faintTexts() {
    return (List<?>) run(FAINT);
  }

  /** Makes pages see a person's wish for dark paper, or for light. */
  public void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Returns what went to the console since the last call: errors, and all that was blocked. */
  public List<String> console() {
    return log(LogType.BROWSER).toList();
  }

  /** Returns what the page asked for since the last call, but for itself and its own data. */
  public List<String> strangeRequests(Path page) {
    String address = page.toUri().toString();
    return log(LogType.PERFORMANCE)
        .map(event -> parsed(event).path("message"))
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.path("params"))
        .filter(request -> request.path("documentURL").asText().equals(address))
        .map(request -> request.path("request").path("url").asText())
        .filter(url -> !url.equals(address) && !url.startsWith("data:"))
        .toList();
  }

  private static JsonNode parsed(String event) {
    try {
      return new ObjectMapper().readTree(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps a picture of the whole page for a person to look at. */
  public void saveScreenshot(String name) throws IOException {
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Path folder = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(folder.resolve(name), Base64.getDecoder().decode((String) shot.get("data")));
  }

  /** Returns what a script returns. */
  public Object run(String script) {
    return driver.executeScript(script);
  }

  @Override
  public void close() {
    driver.quit();
  }

  private Stream<String> log(String type) {
    return driver.manage().logs().get(type).getAll().stream().map(LogEntry::getMessage);
  }
}
