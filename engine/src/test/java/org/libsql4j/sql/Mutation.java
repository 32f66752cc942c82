package org.libsql4j.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages statements: tokens dropped, doubled, swapped or taken from others, and single bytes. */
public final class Mutation {
  private static final Pattern TOKEN =
      Pattern.compile(
          "'[^']*'|\"[^\"]*\"|\\w+|<>|>=|<=|->>|->|<<|>>|\\|\\||--.*\\n|/\\*.*?\\*/|\\S");

  private static final int TOKEN_CHANGES = 6;

  /** How deep a doubled part may nest: enough to pass every limit of the parser. */
  private static final int MOST_REPEATS = 3_000;

  private static final List<List<String>> STATEMENTS = new ArrayList<>();

  static {
    for (String sql : Corpus.STATEMENTS) {
      STATEMENTS.add(tokens(sql));
    }
  }

  private Mutation() {}

  /** A statement that most likely is not one. */
  public static String next(Random random) {
    List<String> tokens = new ArrayList<>(any(random));
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && !tokens.isEmpty(); i++) {
      change(tokens, random);
    }
    String text = String.join(" ", tokens);
    return random.nextInt(8) == 0 ? withOddCharacter(text, random) : text;
  }

  /** This statement with one or two of its tokens dropped, doubled or replaced. */
  static String slightly(String sql, Random random) {
    List<String> tokens = tokens(sql);
    int times = random.nextInt(10) < 7 ? 1 : 2;
    for (int i = 0; i < times && !tokens.isEmpty(); i++) {
      changeToken(tokens, random.nextInt(tokens.size()), random.nextInt(TOKEN_CHANGES), random);
    }
    return String.join(" ", tokens);
  }

  private static void change(List<String> tokens, Random random) {
    int at = random.nextInt(tokens.size());
    int kind = random.nextInt(TOKEN_CHANGES + 3);
    switch (kind - TOKEN_CHANGES) {
      case 0 -> splice(tokens, at, random);
      case 1 -> {
        if (random.nextInt(200) == 0) {
          repeat(tokens, at, random);
        }
      }
      case 2 -> tokens.set(at, "(" + tokens.get(at) + ")");
      default -> changeToken(tokens, at, kind, random);
    }
  }

  private static void changeToken(List<String> tokens, int at, int kind, Random random) {
    switch (kind) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
      case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
      case 3 -> tokens.set(at, pick(random));
      case 4 -> tokens.add(at, pick(random));
      default -> tokens.subList(at, tokens.size()).clear();
    }
  }

  /** Puts a part of another statement in. */
  private static void splice(List<String> tokens, int at, Random random) {
    List<String> other = any(random);
    int from = random.nextInt(other.size());
    int to = from + random.nextInt(other.size() - from) + 1;
    tokens.addAll(at, other.subList(from, to));
  }

  /** Repeats a token until limits on depth or number are passed. */
  private static void repeat(List<String> tokens, int at, Random random) {
    String token = tokens.get(at);
    int count = random.nextInt(MOST_REPEATS);
    for (int i = 0; i < count; i++) {
      tokens.add(at, token);
    }
  }

  private static String withOddCharacter(String text, Random random) {
    StringBuilder odd = new StringBuilder(text);
    int at = random.nextInt(odd.length() + 1);
    char c =
        switch (random.nextInt(4)) {
          case 0 -> (char) random.nextInt(32);
          case 1 -> (char) (0xd800 + random.nextInt(0x800));
          case 2 -> (char) random.nextInt(0x10000);
          default -> "'\"`[]/*-;$".charAt(random.nextInt(10));
        };
    return odd.insert(at, c).toString();
  }

  private static List<String> any(Random random) {
    return STATEMENTS.get(random.nextInt(STATEMENTS.size()));
  }

  private static String pick(Random random) {
    return Corpus.TOKENS.get(random.nextInt(Corpus.TOKENS.size()));
  }

  private static List<String> tokens(String sql) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }
}
