package dev.partita.e2e.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The cases of one area of the API, as text:
///
/// ```
/// # a comment
/// table T pk:S sk:N byDay=day:S/KEYS_ONLY     a table: keys, then local indexes
/// given PutItem T {Item:{pk:{S:'a'}}}         what all cases of the file may rely on
///
/// a put with ALL_OLD gives back what was there
///   PutItem T {Item:{pk:{S:'$k'},sk:{N:'1'}}}
///   PutItem T {Item:{pk:{S:'$k'},sk:{N:'1'}},
///     ReturnValues:'ALL_OLD'}
///   = Attributes {pk:{S:'$k'},sk:{N:'1'}}
/// ```
///
/// A line that is indented twice goes on with the line before. The last request is what the case is
/// about; what it must answer follows:
///
/// | line | says |
/// |---|---|
/// | `= PATH JSON` | this is there; `.` is the whole answer |
/// | `* PATH JSON` | this is there, as a list in any order |
/// | `- PATH`, `+ PATH` | nothing is there; something is |
/// | `~ PATH REGEX` | what is there looks like this |
/// | `! TYPE TEXT` | it fails with exactly this text; any text if none is given |
/// | `!~ TYPE TEXT` | it fails with this in its text |
/// | `!= PATH JSON` | it fails, and this is in the error |
///
/// @param area the file's name
record CaseFile(String area, List<String> tables, List<Step> given, List<ApiCase> cases) {

  static CaseFile read(Path file) throws IOException {
    Reader reader = new Reader();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (!line.isBlank() && line.charAt(0) != '#') {
        reader.take(line, number);
      }
    }
    String name = file.getFileName().toString();
    return reader.end(name.substring(0, name.lastIndexOf('.')));
  }

  private static final class Reader {

    private final List<String> tables = new ArrayList<>();
    private final List<Step> given = new ArrayList<>();
    private final List<ApiCase> cases = new ArrayList<>();
    private String name = "";
    private int line;
    private final List<String> body = new ArrayList<>();

    void take(String text, int number) {
      if (text.startsWith("    ") && body.isEmpty()) {
        name = name + " " + text.strip();
      } else if (text.startsWith("    ")) {
        body.set(body.size() - 1, body.getLast() + " " + text.strip());
      } else if (text.startsWith("  ")) {
        body.add(text.strip());
      } else {
        finish();
        name = text.strip();
        line = number;
      }
    }

    private void finish() {
      if (name.startsWith("table ")) {
        tables.add(name.substring("table ".length()));
      } else if (name.startsWith("given ")) {
        given.add(Step.parse(name.substring("given ".length())));
      } else if (!name.isEmpty()) {
        cases.add(makeCase());
      }
      body.clear();
    }

    private ApiCase makeCase() {
      if (body.size() < 2) {
        throw new IllegalArgumentException("line " + line + ": a request and its answer: " + name);
      }
      Expectation then = Expectation.parse(body.getLast());
      if (!Expectation.MARKS.contains(then.mark())) {
        throw new IllegalArgumentException("line " + line + ": says nothing of the answer");
      }
      List<Step> steps = body.subList(0, body.size() - 1).stream().map(Step::parse).toList();
      return new ApiCase(
          name, line, List.copyOf(steps.subList(0, steps.size() - 1)), steps.getLast(), then);
    }

    CaseFile end(String area) {
      finish();
      return new CaseFile(area, List.copyOf(tables), List.copyOf(given), List.copyOf(cases));
    }
  }
}
