package io.saltus.tf.session;

import io.saltus.experiment.Seeds;
import io.saltus.experiment.spec.Evaluation;
import io.saltus.experiment.spec.Numerics;
import io.saltus.experiment.spec.Sampling;
import io.saltus.tf.data.Split;
import io.saltus.tf.graph.Network;
import io.saltus.tf.graph.Optimizer;

/**
 * What a session is made of.
 *
 * @param network what learns
 * @param optimizer how it learns
 * @param split what it learns, and is evaluated on
 * @param sampling how the examples of a batch are chosen
 * @param batchSize examples per step
 * @param evaluation when the sets are evaluated
 * @param seeds of everything random
 * @param numerics of the process
 */
public record TrainingPlan(
    Network network,
    Optimizer optimizer,
    Split split,
    Sampling sampling,
    int batchSize,
    Evaluation evaluation,
    Seeds seeds,
    Numerics numerics) {}
