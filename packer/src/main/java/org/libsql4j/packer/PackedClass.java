package org.libsql4j.packer;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** A class file with the same meaning in fewer bytes. */
final class PackedClass {
  private PackedClass() {}

  /**
   * The class file to keep instead.
   *
   * @param exported the packages that code outside of the module may name, with slashes
   */
  static byte[] of(byte[] classFile, Set<String> exported) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(0);
    String name = reader.getClassName();
    boolean isSeen = exported.contains(name.substring(0, name.lastIndexOf('/') + 1));
    reader.accept(new Unseen(writer, isSeen), 0);
    return SortedConstants.sort(writer.toByteArray());
  }

  /** Whether a class of {@code package-info} says nothing, not even by annotations. */
  static boolean isEmptyPackageInfo(byte[] classFile) {
    boolean[] isAnnotated = {false};
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public @Nullable AnnotationVisitor visitAnnotation(
                  String descriptor, boolean visible) {
                isAnnotated[0] = true;
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return !isAnnotated[0];
  }
}
