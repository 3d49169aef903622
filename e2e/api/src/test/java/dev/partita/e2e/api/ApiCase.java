package dev.partita.e2e.api;

import java.util.List;

/// One case: requests that lead up to it, the request it is about, and what it says of the answer.
///
/// @param name a sentence
/// @param line where it starts in its file
record ApiCase(String name, int line, List<Step> given, Step when, Expectation then) {}
