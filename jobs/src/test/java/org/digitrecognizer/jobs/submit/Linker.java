// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Looks up what classes refer to as a JVM does when it links them: each class, and each method and
 * field by its name and exact type, in the class that is named and above it.
 */
final class Linker {

  private static final int ASM = Opcodes.ASM9;

  private final Set<String> names;
  private final Map<String, byte[]> classes = new HashMap<>();
  private final Map<String, Outline> outlines = new HashMap<>();

  /** What others may refer to in a class: members as name and descriptor, to whether static. */
  private record Outline(List<String> above, boolean isInterface, Map<String, Boolean> members) {}

  /**
   * @param application whose classes are to link
   * @param platform a folder of jars, whose classes come first
   */
  Linker(Path application, Path platform) throws IOException {
    for (Path jar : jars(platform)) {
      read(jar).forEach(classes::putIfAbsent);
    }
    Map<String, byte[]> ours = read(application);
    ours.forEach(classes::putIfAbsent);
    names = new TreeSet<>(ours.keySet());
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static Map<String, byte[]> read(Path file) throws IOException {
    Map<String, byte[]> read = new HashMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
          try (InputStream in = jar.getInputStream(entry)) {
            read.put(name.substring(0, name.length() - ".class".length()), in.readAllBytes());
          }
        }
      }
    }
    return read;
  }

  /** Returns what each class of the application refers to in vain; none that links is in it. */
  Map<String, Set<String>> unlinked() {
    Map<String, Set<String>> unlinked = new TreeMap<>();
    for (String name : names) {
      Set<String> missing = missing(name);
      if (!missing.isEmpty()) {
        unlinked.put(name, missing);
      }
    }
    return unlinked;
  }

  private Set<String> missing(String name) {
    Set<String> missing = new TreeSet<>();
    new ClassReader(classes.get(name)).accept(new References(missing), ClassReader.SKIP_DEBUG);
    return missing;
  }

  private boolean exists(String name) {
    return classes.containsKey(name) || isOfJava(name);
  }

  private static boolean isOfJava(String name) {
    return ClassLoader.getPlatformClassLoader().getResource(name + ".class") != null;
  }

  private Outline outline(String name) {
    return outlines.computeIfAbsent(name, this::readOutline);
  }

  private Outline readOutline(String name) {
    byte[] bytes = classes.get(name);
    try (InputStream in =
        bytes == null
            ? ClassLoader.getPlatformClassLoader().getResourceAsStream(name + ".class")
            : null) {
      ClassReader reader = bytes == null ? new ClassReader(in) : new ClassReader(bytes);
      List<String> above = new ArrayList<>(List.of(reader.getInterfaces()));
      if (reader.getSuperName() != null) {
        above.add(reader.getSuperName());
      }
      Map<String, Boolean> members = new HashMap<>();
      reader.accept(new Members(members), ClassReader.SKIP_CODE);
      boolean isInterface = (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
      return new Outline(above, isInterface, members);
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** Returns whether the member is static; null if there is none, or its class is not whole. */
  private Boolean find(String owner, String member, Set<String> seen) {
    if (!exists(owner) || !seen.add(owner)) {
      return null;
    }
    Boolean found = outline(owner).members().get(member);
    for (String above : outline(owner).above()) {
      found = found == null ? find(above, member, seen) : found;
    }
    return found;
  }

  /** Collects what can be referred to. */
  private static final class Members extends ClassVisitor {

    private final Map<String, Boolean> members;

    Members(Map<String, Boolean> members) {
      super(ASM);
      this.members = members;
    }

    @Override
    public FieldVisitor visitField(int access, String name, String type, String s, Object value) {
      add(access, name + " " + type);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String type, String s, String[] e) {
      add(access, name + type);
      return null;
    }

    private void add(int access, String member) {
      members.put(member, (access & Opcodes.ACC_STATIC) != 0);
    }
  }

  /** Looks up each reference of a class. */
  private final class References extends ClassVisitor {

    private final Set<String> missing;

    References(Set<String> missing) {
      super(ASM);
      this.missing = missing;
    }

    @Override
    public void visit(int v, int access, String name, String s, String above, String[] interfaces) {
      type(above);
      Stream.of(interfaces).forEach(this::type);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String type, String s, String[] e) {
      return new Code();
    }

    private void type(String name) {
      String element =
          name.startsWith("[") ? Type.getType(name).getElementType().getDescriptor() : name;
      if (element.startsWith("L") && element.endsWith(";")) {
        element = element.substring(1, element.length() - 1);
      }
      boolean primitive = name.startsWith("[") && element.length() == 1;
      if (!primitive && !exists(element)) {
        missing.add("class " + element);
      }
    }

    private void member(String owner, String member, boolean isStatic) {
      type(owner);
      if (exists(owner)) {
        Boolean found = find(owner, member, new HashSet<>());
        if (found == null || found != isStatic) {
          missing.add(owner + "." + member);
        }
      }
    }

    private void method(String owner, String member, boolean isStatic, boolean ofInterface) {
      if (owner.startsWith("[")) {
        type(owner);
        return;
      }
      member(owner, member, isStatic);
      if (exists(owner) && outline(owner).isInterface() != ofInterface) {
        missing.add(owner + (ofInterface ? " is no interface" : " is an interface"));
      }
    }

    private void handle(Handle handle) {
      int tag = handle.getTag();
      if (tag <= Opcodes.H_PUTSTATIC) {
        boolean isStatic = tag == Opcodes.H_GETSTATIC || tag == Opcodes.H_PUTSTATIC;
        member(handle.getOwner(), handle.getName() + " " + handle.getDesc(), isStatic);
      } else {
        method(
            handle.getOwner(),
            handle.getName() + handle.getDesc(),
            tag == Opcodes.H_INVOKESTATIC,
            handle.isInterface());
      }
    }

    private void constant(Object value) {
      if (value instanceof Type type && type.getSort() == Type.OBJECT) {
        type(type.getInternalName());
      } else if (value instanceof Handle handle) {
        handle(handle);
      }
    }

    /** The instructions of a method. */
    private final class Code extends MethodVisitor {

      Code() {
        super(ASM);
      }

      @Override
      public void visitTypeInsn(int opcode, String name) {
        type(name);
      }

      @Override
      public void visitFieldInsn(int opcode, String owner, String name, String type) {
        boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
        member(owner, name + " " + type, isStatic);
      }

      @Override
      public void visitMethodInsn(int opcode, String owner, String name, String type, boolean i) {
        if (!isSignaturePolymorphic(owner)) {
          method(owner, name + type, opcode == Opcodes.INVOKESTATIC, i);
        }
      }

      @Override
      public void visitInvokeDynamicInsn(String name, String type, Handle made, Object... values) {
        Stream.of(values).forEach(References.this::constant);
      }

      @Override
      public void visitLdcInsn(Object value) {
        constant(value);
      }
    }

    private static boolean isSignaturePolymorphic(String owner) {
      return owner.equals("java/lang/invoke/MethodHandle")
          || owner.equals("java/lang/invoke/VarHandle");
    }
  }
}
