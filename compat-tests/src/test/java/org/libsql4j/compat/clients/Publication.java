package org.libsql4j.compat.clients;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the Hibernate tests store: authors with publications, which are filed under subjects. */
@Entity
@Inheritance(strategy = InheritanceType.SINGLE_TABLE)
@DiscriminatorColumn(name = "kind")
@Table(indexes = @Index(name = "publication_by_title", columnList = "title, published"))
class Publication {
  enum Shape {
    PAPERBACK,
    HARDCOVER,
    DIGITAL
  }

  @Embeddable
  static class Print {
    int pages;

    @Enumerated(EnumType.STRING)
    Shape shape;

    @Enumerated(EnumType.ORDINAL)
    Shape sequelShape;
  }

  /** Whoever wrote it. */
  @Entity(name = "Author")
  @Table(name = "author")
  static class Author {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(nullable = false, unique = true, length = 80)
    String name;

    LocalDate born;
    boolean living;

    @Version int version;

    @OneToMany(mappedBy = "author", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("published")
    List<Publication> publications = new ArrayList<>();

    @ElementCollection Set<String> pseudonyms = new HashSet<>();

    Author() {}

    Author(String name, LocalDate born) {
      this.name = name;
      this.born = born;
    }

    Publication publish(Publication publication) {
      publication.author = this;
      publications.add(publication);
      return publication;
    }
  }

  /** What it is about. */
  @Entity(name = "Subject")
  @Table(name = "subject")
  static class Subject {
    @Id @GeneratedValue UUID id;

    @Column(nullable = false)
    String name;

    @ManyToMany(mappedBy = "subjects")
    Set<Publication> publications = new HashSet<>();

    Subject() {}

    Subject(String name) {
      this.name = name;
    }
  }

  /** One of another table's kind in the same table. */
  @Entity(name = "Journal")
  static class Journal extends Publication {
    Integer issue;
  }

  /** A key from a sequence, which SQLite has as a table. */
  @Entity(name = "Event")
  @Table(name = "event")
  static class Event {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    Long id;

    String what;
  }

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  @Column(nullable = false)
  String title;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  Author author;

  @ManyToMany(cascade = CascadeType.PERSIST)
  Set<Subject> subjects = new HashSet<>();

  @Embedded Print print = new Print();

  @Column(precision = 10, scale = 2)
  BigDecimal price;

  LocalDate published;
  LocalDateTime entered;
  LocalTime opens;
  Instant changed;
  OffsetDateTime announced;
  Duration length;
  Double rating;
  Float weight;
  Short shelf;
  Byte flags;
  Character mark;

  @Lob byte[] cover;
  byte[] digest;
  @Lob String text;

  @Version long version;
}
