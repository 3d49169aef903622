package dev.partita.replication.microraft;

/// What a group's replica consists of besides the core itself.
record ReplicaParts(
    Life life,
    CoreView view,
    CoreExecutor executor,
    CoreStore store,
    CoreMachine machine,
    ImageIntake intake,
    Leadership leadership,
    Proposals proposals,
    Progress progress) {}
