package dev.partita.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A property: a test that holds for whatever a seed makes of its input. The method has one
/// parameter, a `java.util.random.RandomGenerator` or the seed itself as a `long`, and is called
/// once for every seed from 0 on, so that every run is the same run. The first seed that fails ends
/// the test, whose message says how to replay that seed alone.
///
/// System properties: `partita.seed` runs this one seed only; `partita.seeds` is how many seeds to
/// run in the place of every annotation's number.
///
/// `@BeforeEach` runs once per method, not per seed.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(SeedsExtension.class)
public @interface Seeded {
  /// How many seeds, at least 1.
  int value() default 200;
}
