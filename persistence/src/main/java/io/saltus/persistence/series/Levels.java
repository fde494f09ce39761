package io.saltus.persistence.series;

import java.util.ArrayList;
import java.util.List;

/** How blocks are made of blocks. */
final class Levels {

  /** How many values the smallest blocks of a metric have that is recorded at most steps. */
  static final int DENSE = 64;

  /**
   * Of a metric that is recorded at few steps every value stands in the index: to read them from
   * the journal, all frames between them would have to be read.
   */
  static final int SPARSE = 1;

  /** So many blocks make one of the next level. */
  static final int FAN_OUT = 8;

  private Levels() {}

  /** How many values a block of a level has at most. */
  static long size(int base, int level) {
    long size = base;
    for (int i = 0; i < level; i++) {
      size *= FAN_OUT;
    }
    return size;
  }

  /** From the finest to a single block. */
  static List<List<Block>> above(List<Block> finest) {
    List<List<Block>> levels = new ArrayList<>();
    levels.add(finest);
    for (List<Block> finer = finest; finer.size() > 1; ) {
      finer = coarser(finer);
      levels.add(finer);
    }
    return levels;
  }

  private static List<Block> coarser(List<Block> finer) {
    List<Block> coarser = new ArrayList<>();
    for (int from = 0; from < finer.size(); from += FAN_OUT) {
      int until = Math.min(finer.size(), from + FAN_OUT);
      Block block = finer.get(from);
      for (Block next : finer.subList(from + 1, until)) {
        block = block.and(next);
      }
      coarser.add(block);
    }
    return coarser;
  }
}
