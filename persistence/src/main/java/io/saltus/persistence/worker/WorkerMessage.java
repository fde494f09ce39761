package io.saltus.persistence.worker;

/** One frame's content. */
public sealed interface WorkerMessage permits WorkerRequest, WorkerReply, TensorPiece {}
