package io.saltus.persistence.read;

/**
 * A thread that reads a journal for as long as this process has it open. Who closes the journal
 * waits for its end before, and nothing shortens that: nothing may read a journal that is closed.
 */
public final class ReaderThread {

  private final Thread thread;

  /**
   * One that does not keep the process alive.
   *
   * @param reading what it does from its start to its end
   */
  public ReaderThread(String name, Runnable reading) {
    thread = new Thread(reading, name);
    thread.setDaemon(true);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Wakes it from whatever it waits for. */
  public void interrupt() {
    thread.interrupt();
  }

  /** Waits for its end. Who is interrupted meanwhile still is afterwards. */
  public void awaitEnd() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
