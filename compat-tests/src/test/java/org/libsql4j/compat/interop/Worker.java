package org.libsql4j.compat.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that works on the bank, and the thread that listens to it, or tells it what to do. */
abstract class Worker implements Runnable {
  final String name;
  final long seed;
  long moves;
  long looks;
  long busy;

  /** Whether it ended by itself because another one was in the way for too long. */
  boolean gaveUp;

  String failure = "";
  private final AtomicInteger answers = new AtomicInteger();

  private final Process process;
  private final BufferedReader out;
  private final AtomicBoolean killed = new AtomicBoolean();
  private final Thread thread;

  Worker(String name, long seed, Process process) {
    this.name = name;
    this.seed = seed;
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.thread = new Thread(this, name);
  }

  Worker start() {
    thread.start();
    return this;
  }

  /** SIGKILL; unlike Process.destroyForcibly, what it has printed stays readable. */
  void kill() {
    killed.set(true);
    process.toHandle().destroyForcibly();
  }

  boolean isKilled() {
    return killed.get();
  }

  /** To be called for each thing that it has done. */
  void noteAnswer() {
    answers.incrementAndGet();
  }

  /** Whether it has done enough to be killed; to be asked by any thread. */
  boolean hasWorked() {
    return answers.get() >= 25;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end after {@link #kill} or {@link #stop}. */
  void join() throws InterruptedException {
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      failure += " does not end";
      process.destroyForcibly();
    }
    thread.join(10_000);
  }

  /** Asks it to end when it has done what it is just doing. */
  abstract void stop() throws IOException;

  OutputStream input() {
    return process.getOutputStream();
  }

  String line() throws IOException {
    return out.readLine();
  }

  @Override
  public void run() {
    try {
      work();
    } catch (IOException e) {
      if (!isKilled()) {
        failure += " " + e;
      }
    }
  }

  abstract void work() throws IOException;

  /** A worker that decides itself what to do and prints what it has done. */
  static final class Listening extends Worker {
    Listening(String name, long seed, Process process) {
      super(name, seed, process);
    }

    @Override
    void stop() throws IOException {
      try (OutputStream in = input()) {
        in.write('\n');
      }
    }

    @Override
    void work() throws IOException {
      boolean ended = false;
      for (String line = line(); line != null; line = line()) {
        noteAnswer();
        switch (line) {
          case "w" -> moves++;
          case "r" -> looks++;
          case "busy" -> busy++;
          case "start" -> {}
          case "end" -> ended = true;
          default -> failure += isKilled() && failure.isEmpty() ? "" : "\n  " + line;
        }
      }
      if (!ended && !isKilled()) {
        failure += "\n  ended by itself";
      }
    }
  }
}
