package dev.partita.simulation;

/// Runs one seed and prints its hash: for comparing processes.
final class SimulationMain {

  public static void main(String[] arguments) {
    System.out.println(Long.toHexString(Simulation.run(Long.parseLong(arguments[0])).hash()));
  }

  private SimulationMain() {}
}
