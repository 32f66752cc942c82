package org.libsql4j.tidy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of a class file as is needed to know how long its methods are.
 *
 * <p>Source: The Java Virtual Machine Specification, chapter 4.
 *
 * @param name internal name, with slashes
 * @param methods those that have code
 */
record ClassFile(String name, List<Method> methods) {

  /** A method and the length of its bytecode in bytes. */
  record Method(String name, int codeBytes) {}

  static ClassFile read(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(bytes))) {
      if (in.readInt() != 0xCAFEBABE) {
        throw new IOException("not a class file: " + file);
      }
      in.skipNBytes(4); // versions
      Object[] constants = readConstants(in);
      in.skipNBytes(2); // access flags
      String name = (String) constants[(Integer) constants[in.readUnsignedShort()]];
      in.skipNBytes(2); // super class
      in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
      readMembers(in, constants); // fields
      return new ClassFile(name, readMembers(in, constants));
    }
  }

  /** Strings for Utf8 entries, the index of the name for Class entries, null for all others. */
  private static Object[] readConstants(DataInputStream in) throws IOException {
    Object[] constants = new Object[in.readUnsignedShort()];
    for (int i = 1; i < constants.length; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> constants[i] = in.readUTF();
        case 7 -> constants[i] = in.readUnsignedShort();
        case 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // long and double take two places
        }
        default -> throw new IOException("unknown constant tag " + tag);
      }
    }
    return constants;
  }

  private static List<Method> readMembers(DataInputStream in, Object[] constants)
      throws IOException {
    List<Method> methods = new ArrayList<>();
    for (int members = in.readUnsignedShort(); members > 0; members--) {
      in.skipNBytes(2); // access flags
      String name = (String) constants[in.readUnsignedShort()];
      in.skipNBytes(2); // descriptor
      for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
        String attribute = (String) constants[in.readUnsignedShort()];
        int length = in.readInt();
        if (attribute.equals("Code")) {
          in.skipNBytes(4); // max stack, max locals
          int codeBytes = in.readInt();
          methods.add(new Method(name, codeBytes));
          in.skipNBytes(length - 8L);
        } else {
          in.skipNBytes(length);
        }
      }
    }
    return methods;
  }
}
