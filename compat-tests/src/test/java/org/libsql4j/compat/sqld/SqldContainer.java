package org.libsql4j.compat.sqld;

import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A real server in a container, as people run it.
 *
 * <p>{@code .ci/server-image} builds the image; any other, such as the one that libSQL publishes,
 * can be named in a system property. Where there is no Docker, or no image, tests are skipped.
 */
public final class SqldContainer implements AutoCloseable {
  /** Names the image. */
  private static final String PROPERTY = "libsql4j.sqld.image";

  private static final String BUILT = "tursodatabase/libsql-server:latest";
  private static final int PORT = 8080;

  private final GenericContainer<?> container;

  private SqldContainer(GenericContainer<?> container) {
    this.container = container;
  }

  /** Starts a server without any data, or skips the test. */
  public static SqldContainer start() {
    Assumptions.assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(), "there is no Docker here");
    String image = System.getProperty(PROPERTY, BUILT);
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withExposedPorts(PORT)
            .waitingFor(Wait.forHttp("/health").withStartupTimeout(Duration.ofSeconds(60)));
    try {
      container.start();
    } catch (ContainerFetchException e) {
      Assumptions.abort(
          "no image " + image + ": build it with .ci/server-image, or name one in -D" + PROPERTY);
    }
    return new SqldContainer(container);
  }

  public String url() {
    return "http://" + container.getHost() + ":" + container.getMappedPort(PORT);
  }

  /** Freezes it: connections stay, and nobody answers. */
  public void pause() {
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  /** Lets it go on. */
  public void unpause() {
    container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }
}
