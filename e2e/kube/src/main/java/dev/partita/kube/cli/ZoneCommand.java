package dev.partita.kube.cli;

import dev.partita.kube.TestCluster;
import dev.partita.kube.Zone;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "zone",
    description = "Lose a zone, or give it back.",
    mixinStandardHelpOptions = true)
final class ZoneCommand implements Callable<Integer> {

  enum Verb {
    kill,
    restore,
    cut,
    heal
  }

  @ParentCommand private KubeCommand kube = new KubeCommand();

  @Parameters(
      paramLabel = "kill|restore|cut|heal",
      description = {
        "kill: end the zone's node and its pods at once, as a power cut does.",
        "restore: start a killed node again, with its disk.",
        "cut: take the node off the network; its pods run on.",
        "heal: put it on the network again."
      })
  private Verb verb = Verb.heal;

  @Parameters(paramLabel = "a|b|c", description = "The zone.")
  private String letter = "";

  @Override
  public Integer call() {
    TestCluster cluster = kube.cluster();
    Zone zone = Zone.of(letter);
    switch (verb) {
      case kill -> cluster.killZone(zone);
      case restore -> cluster.restoreZone(zone);
      case cut -> cluster.cutZone(zone);
      case heal -> cluster.healZone(zone);
    }
    return 0;
  }
}
