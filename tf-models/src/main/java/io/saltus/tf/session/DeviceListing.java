package io.saltus.tf.session;

import io.saltus.tf.device.CommandOutput;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

/**
 * The devices that TensorFlow sees. To look is to take hold of every GPU, so a process that is to
 * go on asks another one, which ends at once.
 */
public final class DeviceListing {

  private static final String GPU = "GPU";

  /**
   * A device.
   *
   * @param name as {@code /job:localhost/replica:0/task:0/device:CPU:0}
   * @param type {@code CPU} or {@code GPU}
   * @param memoryBytes that TensorFlow would take of it
   */
  record Seen(String name, String type, long memoryBytes) {}

  private DeviceListing() {}

  /** Prints the types of the devices, one a line. */
  public static void main(String[] arguments) {
    list(ConfigProto.getDefaultInstance()).forEach(seen -> System.out.println(seen.type()));
  }

  /**
   * How many GPUs TensorFlow sees; 0 where it cannot be asked. Starts a process and waits for it.
   */
  public static int countGpus() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DeviceListing.class.getName());
    return (int) CommandOutput.ofSystem().lines(command).stream().filter(GPU::equals).count();
  }

  /** Loads the natives, and looks. TensorFlow for Java has the calls and no door to them. */
  static List<Seen> list(ConfigProto config) {
    List<Seen> devices = new ArrayList<>();
    try (Graph graph = new Graph();
        Session session = new Session(graph, false, config);
        TF_Status status = TF_Status.newStatus()) {
      Field handle = Session.class.getDeclaredField("nativeHandle");
      handle.setAccessible(true);
      TF_DeviceList list =
          tensorflow.TF_SessionListDevices((TF_Session) handle.get(session), status);
      status.throwExceptionIfNotOK();
      try {
        for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
          devices.add(seen(list, i, status));
        }
      } finally {
        tensorflow.TF_DeleteDeviceList(list);
      }
    } catch (ReflectiveOperationException otherVersion) {
      throw new IllegalStateException("TensorFlow's session has no handle", otherVersion);
    }
    return devices;
  }

  private static Seen seen(TF_DeviceList list, int index, TF_Status status) {
    BytePointer name = tensorflow.TF_DeviceListName(list, index, status);
    BytePointer type = tensorflow.TF_DeviceListType(list, index, status);
    status.throwExceptionIfNotOK();
    return new Seen(
        name.getString(),
        type.getString(),
        tensorflow.TF_DeviceListMemoryBytes(list, index, status));
  }
}
