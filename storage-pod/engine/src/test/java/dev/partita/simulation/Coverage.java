package dev.partita.simulation;

/// What happened how often: a simulation that never meets trouble proves nothing.
final class Coverage {
  long events;
  long writes;
  long reads;
  long unknown;
  long refused;
  long fenced;
  long images;
  long caughtUp;
  long earlyMarks;
  long crashes;
  long faults;
  long cuts;
  long late;
  long heldUp;
  long heldBack;
  long pauses;
  long fullDisks;
  long slowDisks;
  long transfers;
  long leaders;

  void add(Coverage other) {
    events += other.events;
    writes += other.writes;
    reads += other.reads;
    unknown += other.unknown;
    refused += other.refused;
    fenced += other.fenced;
    images += other.images;
    caughtUp += other.caughtUp;
    earlyMarks += other.earlyMarks;
    crashes += other.crashes;
    faults += other.faults;
    cuts += other.cuts;
    late += other.late;
    heldUp += other.heldUp;
    heldBack += other.heldBack;
    pauses += other.pauses;
    fullDisks += other.fullDisks;
    slowDisks += other.slowDisks;
    transfers += other.transfers;
    leaders += other.leaders;
  }

  @Override
  public String toString() {
    return "events %d, writes %d, reads %d, unknown %d, refused %d, fenced %d, images %d, caught up %d, early marks %d, crashes %d, log faults %d, cuts %d, late %d, held up %d, held back %d, pauses %d, full disks %d, slow disks %d, transfers %d, leaders %d"
        .formatted(
            events,
            writes,
            reads,
            unknown,
            refused,
            fenced,
            images,
            caughtUp,
            earlyMarks,
            crashes,
            faults,
            cuts,
            late,
            heldUp,
            heldBack,
            pauses,
            fullDisks,
            slowDisks,
            transfers,
            leaders);
  }
}
