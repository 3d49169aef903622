package dev.partita.e2e.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Histories as lines of JSON, so that several processes can record and one can judge. Their times
/// are comparable where the processes share a machine, see {@link Operation}.
public final class HistoryLines {

  private static final ObjectMapper JSON = new ObjectMapper();

  private HistoryLines() {}

  /// One line: an operation and the register it was on.
  public record Line(String register, Operation operation) {}

  public static String write(String register, Operation operation) {
    try {
      return JSON.writeValueAsString(new Line(register, operation));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @param lines of any number of processes, in any order
  /// @return the histories, by register
  /// @throws IllegalArgumentException if a line is not one of {@link #write}'s
  public static Map<String, List<Operation>> read(List<String> lines) {
    Map<String, List<Operation>> histories = new TreeMap<>();
    for (String text : lines) {
      try {
        Line line = JSON.readValue(text, Line.class);
        histories.computeIfAbsent(line.register(), _ -> new ArrayList<>()).add(line.operation());
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("not a line of a history: " + text, e);
      }
    }
    return histories;
  }
}
