package io.saltus.app;

/** The process's entry point. */
public final class SaltusMain {

  private SaltusMain() {}

  public static void main(String[] args) {
    System.out.println("saltus " + SaltusMain.class.getPackage().getImplementationVersion());
  }
}
