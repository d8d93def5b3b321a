// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * Who holds the lock of an output. A process number means something only where it was given: hosts
 * may share a name (all that call themselves localhost), and containers on one host their network's
 * name, though each has numbers of its own.
 *
 * @param token names this run and no other
 * @param host name of the machine
 * @param boot names one start of one machine and no other; "" if the system does not tell
 * @param numbering names what process numbers are counted in; "" if the system does not tell
 * @param pid the process
 * @param processStart when the process began, ISO 8601; "" if the system does not tell
 */
public record LockHolder(
    String token, String host, String boot, String numbering, long pid, String processStart) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NUMBERING = Path.of("/proc/self/ns/pid");

  /** Returns this process under a new token. */
  public static LockHolder self() {
    ProcessHandle process = ProcessHandle.current();
    return new LockHolder(
        UUID.randomUUID().toString().substring(0, 8),
        hostName(),
        bootOfLinux(),
        numberingOfLinux(),
        process.pid(),
        start(process));
  }

  /** Whether another's process number would be that of the same process here. */
  public boolean countsAs(LockHolder other) {
    return host.equals(other.host) && boot.equals(other.boot) && numbering.equals(other.numbering);
  }

  /** Whether the process is running, if it is one of those that this one's numbers count. */
  public boolean lives() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> start(process).equals(processStart))
        .isPresent();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String bootOfLinux() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String numberingOfLinux() {
    try {
      return Files.readSymbolicLink(NUMBERING).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }
}
