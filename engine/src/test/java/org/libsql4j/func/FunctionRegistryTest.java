package org.libsql4j.func;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.libsql4j.func.FunctionDefinition.scalar;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FunctionRegistryTest {
  private static FunctionDefinition function(String name) {
    return scalar(name, 1, (context, arguments) -> context.result().setInteger(1));
  }

  @Test
  void theBuiltInFunctionsAreThoseThatTheyAreSaidToBe() {
    // A group whose names are not those given fails here.
    assertThat(BuiltInFunctions.registry().all()).hasSizeGreaterThan(150);
    assertThat(BuiltInFunctions.registry().find("MAX", 1)).isNotNull();
    assertThat(BuiltInFunctions.registry().find("max", 3)).isNotNull();
  }

  @Test
  void aGroupIsMadeOnceAndWhenItIsNeeded() throws Exception {
    AtomicInteger made = new AtomicInteger();
    FunctionRegistry registry = new FunctionRegistry(null);
    registry.registerLazily(
        group -> {
          made.incrementAndGet();
          group.register(function("one"));
          group.register(function("two"));
        },
        "one two");
    assertThat(registry.find("three", 1)).isNull();
    assertThat(made).hasValue(0);

    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<FunctionDefinition>> searches =
          IntStream.range(0, 64)
              .mapToObj(i -> (Callable<FunctionDefinition>) () -> registry.find("Two", 1))
              .collect(Collectors.toList());
      for (Future<FunctionDefinition> found : threads.invokeAll(searches)) {
        assertThat(found.get()).isSameAs(registry.find("two", 1)).isNotNull();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(made).hasValue(1);
    assertThat(registry.isKnown("one")).isTrue();
  }

  @Test
  void aGroupThatIsNotWhatWasSaidIsAnError() {
    FunctionRegistry registry = new FunctionRegistry(null);
    registry.registerLazily(group -> group.register(function("one")), "one two");

    assertThatThrownBy(() -> registry.find("two", 1)).isInstanceOf(IllegalStateException.class);
  }
}
