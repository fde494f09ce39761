package io.saltus.actors;

import io.saltus.experiment.RunId;
import io.saltus.experiment.spec.ExperimentSpec;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/**
 * A run that this process is to bring to its end, new or begun before.
 *
 * @param spec as the program that runs it is to see it
 * @param inputs files by the program's names for them
 * @param attendance whether somebody watches it
 * @param footprint what it takes of memory and disk
 * @param listener hears its events
 * @param settled completed when it has come to rest
 * @param replyTo answered when it waits for its device, or is refused
 */
record Order(
    RunId run,
    ExperimentSpec spec,
    SortedMap<String, Path> inputs,
    Attendance attendance,
    Footprint footprint,
    RunListener listener,
    CompletableFuture<Settlement> settled,
    ActorRef<StatusReply<Done>> replyTo) {

  /** The same order, of which another is to hear whether it is accepted. */
  Order answering(ActorRef<StatusReply<Done>> other) {
    return new Order(run, spec, inputs, attendance, footprint, listener, settled, other);
  }
}
