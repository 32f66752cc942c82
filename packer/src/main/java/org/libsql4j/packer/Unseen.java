package org.libsql4j.packer;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.TypePath;

/**
 * Leaves out what only a compiler of code outside of the module would read, where such code cannot
 * name what it is about.
 *
 * <p>That is: annotations of types (in a class that others see only those of its public and
 * protected members stay), the names of parameters, the generic types of members that no other
 * package can use, private constants that code has by value, and the mention of {@code
 * MethodHandles.Lookup} that javac adds to each class with a lambda or a record. Everything that
 * the JVM or a stack trace uses stays.
 */
final class Unseen extends ClassVisitor {
  private static final String LOOKUP = "java/lang/invoke/MethodHandles$Lookup";
  private static final int OTHERS_CAN_USE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;
  private static final String READ_BY_SERIALIZATION = "serialVersionUID";

  private final boolean classIsSeen;

  /**
   * @param classIsSeen whether code outside of the module may name the class, or a subclass that
   *     inherits what is public in it
   */
  Unseen(ClassVisitor next, boolean classIsSeen) {
    super(Opcodes.ASM9, next);
    this.classIsSeen = classIsSeen;
  }

  private boolean isSeen(int access) {
    return classIsSeen && (access & OTHERS_CAN_USE) != 0;
  }

  private static @Nullable String signature(int access, @Nullable String signature) {
    return (access & OTHERS_CAN_USE) != 0 ? signature : null;
  }

  @Override
  public @Nullable AnnotationVisitor visitTypeAnnotation(
      int typeRef, TypePath path, String descriptor, boolean visible) {
    return classIsSeen ? super.visitTypeAnnotation(typeRef, path, descriptor, visible) : null;
  }

  @Override
  public void visitInnerClass(
      String name, @Nullable String outerName, @Nullable String innerName, int access) {
    if (!name.equals(LOOKUP)) {
      super.visitInnerClass(name, outerName, innerName, access);
    }
  }

  @Override
  public RecordComponentVisitor visitRecordComponent(
      String name, String descriptor, @Nullable String signature) {
    return new RecordComponentVisitor(
        Opcodes.ASM9, super.visitRecordComponent(name, descriptor, signature)) {
      @Override
      public @Nullable AnnotationVisitor visitTypeAnnotation(
          int typeRef, TypePath path, String annotation, boolean visible) {
        return classIsSeen ? super.visitTypeAnnotation(typeRef, path, annotation, visible) : null;
      }
    };
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    boolean isPrivateConstant = (access & Opcodes.ACC_PRIVATE) != 0 && value != null;
    if (isPrivateConstant && !name.equals(READ_BY_SERIALIZATION)) {
      return null; // javac has put the value wherever it is used.
    }
    return new FieldVisitor(
        Opcodes.ASM9,
        super.visitField(access, name, descriptor, signature(access, signature), value)) {
      @Override
      public @Nullable AnnotationVisitor visitTypeAnnotation(
          int typeRef, TypePath path, String annotation, boolean visible) {
        return isSeen(access)
            ? super.visitTypeAnnotation(typeRef, path, annotation, visible)
            : null;
      }
    };
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new UnseenInMethod(
        super.visitMethod(access, name, descriptor, signature(access, signature), exceptions),
        isSeen(access));
  }

  private static final class UnseenInMethod extends MethodVisitor {
    private final boolean isSeen;

    UnseenInMethod(MethodVisitor next, boolean isSeen) {
      super(Opcodes.ASM9, next);
      this.isSeen = isSeen;
    }

    @Override
    public void visitParameter(String name, int access) {
      // Only constructors of records have them, whose components say the same.
    }

    @Override
    public @Nullable AnnotationVisitor visitTypeAnnotation(
        int typeRef, TypePath path, String descriptor, boolean visible) {
      return isSeen ? super.visitTypeAnnotation(typeRef, path, descriptor, visible) : null;
    }

    @Override
    public @Nullable AnnotationVisitor visitInsnAnnotation(
        int typeRef, TypePath path, String descriptor, boolean visible) {
      return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitTryCatchAnnotation(
        int typeRef, TypePath path, String descriptor, boolean visible) {
      return null;
    }

    @Override
    public @Nullable AnnotationVisitor visitLocalVariableAnnotation(
        int typeRef,
        TypePath path,
        Label[] start,
        Label[] end,
        int[] index,
        String descriptor,
        boolean visible) {
      return null;
    }
  }
}
