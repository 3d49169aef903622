package dev.partita.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Runs a {@link Seeded} method once for every seed.
final class SeedsExtension implements InvocationInterceptor, ParameterResolver {

  static final String ONE_SEED = "partita.seed";
  static final String HOW_MANY = "partita.seeds";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == RandomGenerator.class || type == long.class;
  }

  /// What JUnit passes is thrown away: the method is called for real below.
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return argument(parameter.getParameter().getType(), 0);
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    invocation.skip();
    Method property = method.getExecutable();
    if (property.getParameterCount() != 1) {
      throw new IllegalStateException(property + " takes the seed or a generator, nothing else");
    }
    Object target = context.getRequiredTestInstance();
    String single = System.getProperty(ONE_SEED);
    if (single != null) {
      call(property, target, Long.parseLong(single));
      return;
    }
    String many = System.getProperty(HOW_MANY);
    Seeded seeded = property.getAnnotation(Seeded.class);
    long count = many == null ? seeded.value() : Long.parseLong(many);
    if (count < 1) {
      throw new IllegalStateException("a property that is tried " + count + " times");
    }
    for (long seed = 0; seed < count; seed++) {
      call(property, target, seed);
    }
  }

  private static void call(Method property, Object target, long seed) throws Throwable {
    property.setAccessible(true);
    try {
      property.invoke(target, argument(property.getParameterTypes()[0], seed));
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new AssertionError(
          "seed "
              + seed
              + " (replay: -Dtest="
              + property.getDeclaringClass().getSimpleName()
              + "#"
              + property.getName()
              + " -D"
              + ONE_SEED
              + "="
              + seed
              + "): "
              + cause,
          cause);
    }
  }

  private static Object argument(Class<?> type, long seed) {
    return type == long.class ? (Object) seed : new SplittableRandom(seed);
  }
}
