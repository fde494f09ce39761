package io.saltus.persistence.home;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Holds a home until its standard input ends. */
final class HolderProcess {

  private HolderProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (HomeLock lock = Home.at(Path.of(arguments[0])).lockForWriting("saltus run grokking")) {
      System.out.println(lock.home().root());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
