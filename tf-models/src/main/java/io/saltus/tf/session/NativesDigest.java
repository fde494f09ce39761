package io.saltus.tf.session;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.SessionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.security.MessageDigest;
import java.util.Optional;
import org.tensorflow.TensorFlow;

/**
 * The digest of TensorFlow's natives: of the jar that brings them, which is a quarter of what it
 * unpacks to. Taken once per process, since what is loaded does not change.
 */
final class NativesDigest {

  private static final String PLACE = "/org/tensorflow/internal/c_api/linux-x86_64";
  private static final String LIBRARY = "/libtensorflow_cc.so.2";
  private static final int BUFFER_BYTES = 1 << 16;

  private NativesDigest() {}

  static Sha256 ofProcess() {
    return Holder.DIGEST;
  }

  private static Sha256 take() {
    // Where both are there, those for GPUs are what is loaded.
    URL library =
        Optional.ofNullable(TensorFlow.class.getResource(PLACE + "-gpu" + LIBRARY))
            .orElseGet(() -> TensorFlow.class.getResource(PLACE + LIBRARY));
    if (library == null) {
      throw new SessionException("TensorFlow's natives for Linux on x86-64 are not installed");
    }
    try {
      URLConnection connection = library.openConnection();
      URL source = connection instanceof JarURLConnection jar ? jar.getJarFileURL() : library;
      MessageDigest digest = Sha256.digest();
      byte[] buffer = new byte[BUFFER_BYTES];
      try (InputStream in = source.openStream()) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
      return Sha256.from(digest);
    } catch (IOException failed) {
      throw new SessionException("TensorFlow's natives cannot be read", failed);
    }
  }

  /** Taken when first asked for. */
  private static final class Holder {
    private static final Sha256 DIGEST = take();
  }
}
