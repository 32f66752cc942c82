package org.libsql4j.packer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes a jar smaller, without taking anything from those who run it, debug it or compile with it.
 *
 * <p>A task of Ant, which calls the setters for the attributes and then {@link #execute}.
 */
public final class PackJar {
  private Path jar = Path.of("");

  /** The jar, which is replaced. */
  public void setJar(File jar) {
    this.jar = jar.toPath();
  }

  /** Packs the jar. */
  public void execute() throws IOException {
    Jar.read(jar).packed().write(jar);
  }
}
