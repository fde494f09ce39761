package io.saltus.app.signal;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hears of ctrl-C (INT), TERM and HUP instead of letting them end the JVM. Shutdown hooks would not
 * do: while they run a second ctrl-C is ignored, and the exit code would be 143.
 *
 * <p>{@code sun.misc.Signal} is the only door in JDK 17. It is reached by reflection, because its
 * compiler warning cannot be suppressed and warnings fail the build.
 */
public final class Signals implements AutoCloseable {

  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private final List<Runnable> restore;

  private Signals(List<Runnable> restore) {
    this.restore = restore;
  }

  /**
   * Hears of signals until closed. Where the JVM keeps a signal for itself, it goes on ending the
   * process.
   *
   * @param heard gets the signal's name, such as {@code INT}, on a thread of its own
   */
  public static Signals hear(Consumer<String> heard) {
    List<Runnable> restore = new ArrayList<>();
    for (String name : NAMES) {
      try {
        restore.add(install(name, heard));
      } catch (ReflectiveOperationException | RuntimeException unavailable) {
        // Without a handler the signal ends the process, and the journal is whole all the same.
      }
    }
    return new Signals(restore);
  }

  @Override
  public void close() {
    restore.forEach(Runnable::run);
    restore.clear();
  }

  private static Runnable install(String name, Consumer<String> heard)
      throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Method handle = signalType.getMethod("handle", signalType, handlerType);
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    Object handler =
        Proxy.newProxyInstance(
            Signals.class.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> answer(proxy, method, arguments, name, heard));
    Object before = handle.invoke(null, signal, handler);
    return () -> {
      try {
        handle.invoke(null, signal, before);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot restore the handler of SIG" + name, e);
      }
    };
  }

  private static Object answer(
      Object proxy, Method method, Object[] arguments, String name, Consumer<String> heard) {
    return switch (method.getName()) {
      case "handle" -> {
        heard.accept(name);
        yield proxy;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "handler of SIG" + name;
    };
  }
}
