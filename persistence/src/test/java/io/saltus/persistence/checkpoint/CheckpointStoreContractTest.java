package io.saltus.persistence.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.saltus.experiment.Sha256;
import io.saltus.experiment.session.TensorValue;
import io.saltus.experiment.session.TensorValue.Dtype;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store promises to who saves, loads, sets aside and exports. */
class CheckpointStoreContractTest {

  private static final List<TensorValue> STATE = Tensors.numbered(1, 1000);

  @TempDir Path temporary;
  private Path directory;
  private CheckpointStore store;

  @BeforeEach
  void open() {
    directory = temporary.resolve("a").resolve("checkpoints");
    store = CheckpointStore.at(directory);
  }

  private Path file(Sha256 sha256) {
    return directory.resolve(sha256 + ".safetensors");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private static List<TensorValue> sorted(List<TensorValue> state) {
    return state.stream().sorted(Comparator.comparing(TensorValue::name)).toList();
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void naming_a_store_and_looking_at_it_create_nothing() throws IOException {
    assertThat(store.inventory())
        .isEqualTo(new Inventory(List.of(), List.of(), List.of(), List.of()));
    Sha256 absent = CheckpointStore.digest(STATE);
    assertThat(store.flaw(absent, 10)).contains("its file is missing");
    store.setAside(absent);
    store.delete(absent);
    assertThat(directory.getParent()).doesNotExist();
  }

  @Test
  void what_is_saved_is_loaded_and_is_one_file_named_by_its_digest() throws IOException {
    StoredCheckpoint saved = store.save(Tensors.documented());
    assertThat(saved.sha256())
        .isEqualTo(CheckpointStore.digest(Tensors.documented()))
        .isEqualTo(Sha256.ofFile(file(saved.sha256())));
    assertThat(saved.bytes()).isEqualTo(195).isEqualTo(Files.size(file(saved.sha256())));
    assertThat(names()).containsExactly(saved.sha256() + ".safetensors");
    assertThat(store.load(saved.sha256())).isEqualTo(sorted(Tensors.documented()));
    assertThat(store.flaw(saved.sha256(), 195)).isEmpty();
    assertThat(store.inventory().checkpoints()).containsExactly(saved);
  }

  @Test
  void equal_states_are_one_file() throws IOException {
    StoredCheckpoint first = store.save(STATE);
    Object identity = Files.readAttributes(file(first.sha256()), "unix:ino").get("ino");
    assertThat(CheckpointStore.at(directory).save(List.of(STATE.get(1), STATE.get(0))))
        .isEqualTo(first);
    assertThat(names()).hasSize(1);
    assertThat(Files.readAttributes(file(first.sha256()), "unix:ino").get("ino"))
        .as("a good file is not written again")
        .isEqualTo(identity);
  }

  @Test
  void the_empty_state_is_a_state() throws IOException {
    assertThat(store.load(store.save(List.of()).sha256())).isEmpty();
  }

  @Test
  void saving_again_mends_a_bad_file() throws IOException {
    Sha256 sha256 = store.save(STATE).sha256();
    flip(file(sha256));
    store.save(STATE);
    assertThat(store.load(sha256)).isEqualTo(sorted(STATE));
    Files.write(file(sha256), new byte[0]);
    store.save(STATE);
    assertThat(store.load(sha256)).isEqualTo(sorted(STATE));
    assertThat(names()).hasSize(1);
  }

  @Test
  void a_state_that_cannot_be_written_leaves_nothing() throws IOException {
    store.save(STATE);
    List<TensorValue> twice = List.of(STATE.get(0), STATE.get(0));
    assertThatIllegalArgumentException().isThrownBy(() -> store.save(twice));
    assertThat(names()).hasSize(1);
  }

  @Test
  void a_directory_that_cannot_be_made_is_an_error_and_not_a_full_disk() throws IOException {
    Files.writeString(temporary.resolve("a"), "a file");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> store.save(STATE))
        .isNotInstanceOf(DiskFullException.class);
  }

  @Test
  void a_flipped_bit_a_cut_and_a_missing_file_are_told_apart() throws IOException {
    StoredCheckpoint saved = store.save(STATE);
    flip(file(saved.sha256()));
    Sha256 found = Sha256.ofFile(file(saved.sha256()));
    assertFlaw(saved, "the digest " + found);
    try (var channel = Files.newByteChannel(file(saved.sha256()), StandardOpenOption.WRITE)) {
      channel.truncate(500);
    }
    assertThat(store.flaw(saved.sha256(), saved.bytes()))
        .hasValueSatisfying(
            flaw -> assertThat(flaw).contains("500 bytes instead of " + saved.bytes()));
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> store.load(saved.sha256()));
    store.delete(saved.sha256());
    assertFlaw(saved, "its file is missing");
    Files.createDirectory(file(saved.sha256()));
    assertThat(store.flaw(saved.sha256(), saved.bytes())).isPresent();
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> store.load(saved.sha256()));
  }

  private void assertFlaw(StoredCheckpoint saved, String words) {
    assertThat(store.flaw(saved.sha256(), saved.bytes()))
        .hasValueSatisfying(flaw -> assertThat(flaw).contains(words));
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> store.load(saved.sha256()))
        .withMessageContaining(saved.sha256().hex())
        .satisfies(
            e -> {
              assertThat(e.sha256()).isEqualTo(saved.sha256());
              assertThat(store.flaw(saved.sha256(), saved.bytes())).contains(e.flaw());
            });
  }

  @Test
  void a_file_of_the_right_digest_that_saltus_would_not_write_is_refused() throws IOException {
    byte[] zero = {0};
    for (String header :
        List.of(
            "{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
            "{\"b\":{\"shape\":[1],\"dtype\":\"U8\",\"data_offsets\":[0,1]}}   ",
            "{\"\\u0062\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}  ",
            "{\"__metadata__\":{},\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
            "not a header")) {
      byte[] bytes = Tensors.file(header, zero.length);
      Sha256 sha256 = Sha256.of(bytes);
      Files.createDirectories(directory);
      Files.write(file(sha256), bytes);
      assertFlaw(new StoredCheckpoint(sha256, bytes.length), "header");
    }
  }

  @Test
  void a_bad_file_is_set_aside_where_it_can_be_looked_at() throws IOException {
    StoredCheckpoint saved = store.save(STATE);
    store.release(saved);
    flip(file(saved.sha256()));
    byte[] bad = Files.readAllBytes(file(saved.sha256()));
    store.setAside(saved.sha256());
    assertThat(names()).containsExactly(saved.sha256() + ".bad");
    assertThat(directory.resolve(saved.sha256() + ".bad")).hasBinaryContent(bad);
    assertThat(store.inventory().setAside())
        .containsExactly(new StoredFile(saved.sha256() + ".bad", bad.length));
    store.save(STATE);
    flip(file(saved.sha256()));
    store.setAside(saved.sha256());
    assertThat(names()).containsExactly(saved.sha256() + ".bad");
  }

  @Test
  void a_good_file_that_was_saved_anew_is_not_set_aside() throws IOException {
    StoredCheckpoint saved = store.save(STATE);
    store.setAside(saved.sha256());
    store.release(saved);
    store.setAside(saved.sha256());
    assertThat(store.load(saved.sha256())).isEqualTo(sorted(STATE));
  }

  @Test
  void everything_in_the_directory_is_told_by_its_name() throws IOException {
    StoredCheckpoint saved = store.save(STATE);
    Files.writeString(directory.resolve("write-7.tmp"), "half");
    Files.writeString(directory.resolve("notes.txt"), "mine");
    Files.writeString(
        directory.resolve(saved.sha256().hex().toUpperCase(Locale.ROOT) + ".safetensors"), "");
    Files.createDirectory(directory.resolve("0".repeat(64) + ".safetensors"));
    Inventory inventory = store.inventory();
    assertThat(inventory.checkpoints()).containsExactly(saved);
    assertThat(inventory.halfWritten()).containsExactly(new StoredFile("write-7.tmp", 4));
    assertThat(inventory.setAside()).isEmpty();
    assertThat(inventory.foreign()).hasSize(3);
  }

  @Test
  void what_a_crash_left_is_in_nobodys_way() throws IOException {
    Files.createDirectories(directory);
    for (int i = 0; i < 5; i++) {
      Files.writeString(directory.resolve("write-" + i + ".tmp"), "half");
    }
    StoredCheckpoint saved = store.save(STATE);
    assertThat(store.load(saved.sha256())).isEqualTo(sorted(STATE));
    assertThat(store.inventory().halfWritten()).hasSize(5).allMatch(each -> each.bytes() == 4);
  }

  @Test
  void many_threads_save_at_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<StoredCheckpoint>> saves =
          IntStream.range(0, 64)
              .<Callable<StoredCheckpoint>>mapToObj(
                  i -> () -> store.save(Tensors.numbered(i % 4, 20_000)))
              .toList();
      for (Future<StoredCheckpoint> saved : threads.invokeAll(saves)) {
        assertThat(store.flaw(saved.get().sha256(), saved.get().bytes())).isEmpty();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(names()).hasSize(4);
  }

  @Test
  void saving_and_checking_take_little_memory_beside_the_state() throws IOException {
    store.save(STATE);
    List<TensorValue> large = Tensors.numbered(2, 32 << 20);
    long before = allocated();
    StoredCheckpoint saved = store.save(large);
    assertThat(CheckpointStore.digest(large)).isEqualTo(saved.sha256());
    assertThat(store.flaw(saved.sha256(), saved.bytes())).isEmpty();
    assertThat(allocated() - before).isLessThan(8 << 20);
    before = allocated();
    assertThat(store.load(saved.sha256())).hasSize(2);
    assertThat(allocated() - before).isLessThan(40 << 20);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  @Test
  void a_checkpoint_is_exported_as_it_is() throws IOException {
    StoredCheckpoint saved = store.save(STATE);
    Path target = temporary.resolve("mine.safetensors");
    store.export(saved.sha256(), target);
    assertThat(target).hasSameBinaryContentAs(file(saved.sha256()));
    assertThat(CheckpointStore.read(target)).isEqualTo(sorted(STATE));
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).containsExactlyInAnyOrder(target, temporary.resolve("a"));
    }
  }

  @Test
  void an_export_overwrites_nothing_and_exports_nothing_bad() throws IOException {
    StoredCheckpoint saved = store.save(STATE);
    Path target = Files.writeString(temporary.resolve("mine"), "precious");
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> store.export(saved.sha256(), target));
    assertThat(target).hasContent("precious");
    flip(file(saved.sha256()));
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> store.export(saved.sha256(), temporary.resolve("other")));
    Path dangling =
        Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("nowhere"));
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> store.export(saved.sha256(), dangling));
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).containsExactlyInAnyOrder(target, dangling, temporary.resolve("a"));
    }
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> store.export(saved.sha256(), temporary.resolve("no-directory").resolve("f")));
  }

  @Test
  void a_tensor_of_any_type_can_be_saved() throws IOException {
    for (Dtype dtype : Dtype.values()) {
      List<TensorValue> state =
          List.of(new TensorValue("t", dtype, List.of(1L), new byte[dtype.bytes()]));
      assertThat(store.load(store.save(state).sha256())).isEqualTo(state);
    }
  }
}
