package org.libsql4j.packer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/**
 * The constants of a class in an order that compresses well.
 *
 * <p>javac writes constants as it meets them: a method, its class, its name, and so on. Sorted,
 * like follows like, and the numbers by which constants name each other ascend, which a compressor
 * that looks for repetitions likes. A class means the same in any order.
 */
final class SortedConstants {
  private static final int UTF8 = 1;
  private static final int INTEGER = 3;
  private static final int FLOAT = 4;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int NAME_AND_TYPE = 12;

  private record NameAndType(String name, String descriptor) {}

  private record Member(String owner, String name, String descriptor, int tag) {}

  private final List<String> texts = new ArrayList<>();
  private final List<Object> numbers = new ArrayList<>();
  private final List<Object> wideNumbers = new ArrayList<>();
  private final List<String> strings = new ArrayList<>();
  private final List<String> classes = new ArrayList<>();
  private final List<NameAndType> namesAndTypes = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();

  private SortedConstants() {}

  /** The class, which has no constants that it does not use, with its constants sorted. */
  static byte[] sort(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    SortedConstants constants = new SortedConstants();
    constants.read(reader);
    ClassWriter writer = new ClassWriter(0);
    // Enumerations load their own class.
    writer.newClass(reader.getClassName());
    constants.sortAndAddTo(writer);
    reader.accept(writer, 0);
    return writer.toByteArray();
  }

  private void read(ClassReader reader) {
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int offset = reader.getItem(i);
      // Nothing is at the number behind that of a long or double.
      if (offset != 0) {
        add(reader, reader.readByte(offset - 1), offset, i, buffer);
      }
    }
  }

  private void add(ClassReader reader, int tag, int offset, int index, char[] buffer) {
    switch (tag) {
      case UTF8 -> texts.add(text(reader, offset));
      case INTEGER, FLOAT -> numbers.add(reader.readConst(index, buffer));
      case LONG, DOUBLE -> wideNumbers.add(reader.readConst(index, buffer));
      case CLASS -> classes.add(reader.readUTF8(offset, buffer));
      case STRING -> strings.add(reader.readUTF8(offset, buffer));
      case NAME_AND_TYPE ->
          namesAndTypes.add(
              new NameAndType(
                  reader.readUTF8(offset, buffer), reader.readUTF8(offset + 2, buffer)));
      case FIELD, METHOD, INTERFACE_METHOD -> {
        int nameAndType = reader.getItem(reader.readUnsignedShort(offset + 2));
        members.add(
            new Member(
                reader.readClass(offset, buffer),
                reader.readUTF8(nameAndType, buffer),
                reader.readUTF8(nameAndType + 2, buffer),
                tag));
      }
      default -> {
        // Few: the writer adds those of lambdas when it meets them.
      }
    }
  }

  private static String text(ClassReader reader, int offset) {
    int bytes = reader.readUnsignedShort(offset);
    StringBuilder text = new StringBuilder(bytes);
    for (int i = offset + 2; i < offset + 2 + bytes; ) {
      int first = reader.readByte(i);
      if (first < 0x80) {
        text.append((char) first);
        i++;
      } else if (first < 0xE0) {
        text.append((char) ((first & 0x1F) << 6 | reader.readByte(i + 1) & 0x3F));
        i += 2;
      } else {
        int low = (reader.readByte(i + 1) & 0x3F) << 6 | reader.readByte(i + 2) & 0x3F;
        text.append((char) ((first & 0xF) << 12 | low));
        i += 3;
      }
    }
    return text.toString();
  }

  private void sortAndAddTo(ClassWriter writer) {
    // First what code loads by ldc, whose operand is one byte if the constant is among the first.
    numbers.forEach(writer::newConst);
    strings.stream().sorted().forEach(writer::newConst);
    classes.stream().sorted().forEach(writer::newClass);
    wideNumbers.forEach(writer::newConst);
    texts.stream()
        .sorted(
            Comparator.comparing(SortedConstants::kind).thenComparing(Comparator.naturalOrder()))
        .forEach(writer::newUTF8);
    namesAndTypes.stream()
        .sorted(Comparator.comparing(NameAndType::descriptor).thenComparing(NameAndType::name))
        .forEach(n -> writer.newNameType(n.name(), n.descriptor()));
    members.stream()
        .sorted(
            Comparator.comparing(Member::tag)
                .thenComparing(Member::owner)
                .thenComparing(Member::name)
                .thenComparing(Member::descriptor))
        .forEach(m -> add(writer, m));
  }

  /** Descriptors of methods, then those of fields, then names and everything else. */
  private static int kind(String text) {
    if (text.startsWith("(")) {
      return 0;
    }
    return text.startsWith("L") && text.endsWith(";") ? 1 : 2;
  }

  private static void add(ClassWriter writer, Member member) {
    if (member.tag() == FIELD) {
      writer.newField(member.owner(), member.name(), member.descriptor());
    } else {
      boolean ofInterface = member.tag() == INTERFACE_METHOD;
      writer.newMethod(member.owner(), member.name(), member.descriptor(), ofInterface);
    }
  }
}
