/**
 * Yes/no facts about a process, as bits of one integer so that merging is a bitwise or: commutative,
 * idempotent, and free. Each is set by a decoder that saw evidence for it; an unset bit says nothing. Stored as they are:
 * a bit keeps its meaning for ever. `inInitTree`, `notInInitTree`, `exitSeen` and `ownEventSeen` are kept as evidence that
 * the graph does not ask for.
 */
export const Trait = {
  /** The agent reported this exec live (`process_exec` of its own, not found in /proc). */
  execSeen: 1 << 0,
  /** Already running when the agent started (`procFS`): start time is 10 ms coarse. */
  procfs: 1 << 1,
  /** The exec followed a fork of the same task (`clone`). Evidence only; the test of an exec in place is the pid. */
  clone: 1 << 2,
  /** The agent missed an ancestor or walked up to find the parent (`miss`, `taskWalk`). */
  parentUncertain: 1 << 3,
  /** The agent did not have the process in its cache (`unknown`). */
  unknownToAgent: 1 << 4,
  /** Arguments or file name were cut by the agent (`truncArgs`, `truncFilename`, `errorArgs`). */
  truncatedByAgent: 1 << 5,
  /** The agent says: perhaps a kubelet exec probe. */
  probe: 1 << 6,
  /** Descends from the container's PID 1 (`in_init_tree` true). Evidence, wrong on some agents (D40). */
  inInitTree: 1 << 7,
  /** Does not descend from the container's PID 1 (`in_init_tree` false). */
  notInInitTree: 1 << 8,
  /** The kernel's pseudo process (pid 0) or a kernel thread. */
  kernel: 1 << 9,
  /** An exit of this process was reported. */
  exitSeen: 1 << 10,
  /** Mount or pid namespace is the host's (needs the agent's `ns`). */
  hostNamespaces: 1 << 11,
  /** Mount and pid namespaces are known and not the host's. */
  ownNamespaces: 1 << 12,
  /** Privileges were raised by this exec (setuid, setgid, file capabilities). */
  raisedPrivileges: 1 << 13,
  /** The agent redacted something in the arguments (`*****`). */
  redacted: 1 << 14,
  /** The binary had no link when it ran (memfd, deleted file). */
  unlinkedBinary: 1 << 15,
  /** Named by its own event of another kind than exec (a fork that never exec'd is known only this way). */
  ownEventSeen: 1 << 16,
  /** The exec was prevented: this image never ran. */
  blocked: 1 << 17,
  /** Started by an exec into a container that was running (KubeArmor's `ExecEvent`). */
  execIntoContainer: 1 << 18,
  /** The record says of a process that it is in no container, instead of naming none. */
  onHost: 1 << 19,
  /** The agent says that its container was entered by this process, and by nobody's terminal (Elastic's entry leader). */
  containerEntry: 1 << 20,
} as const;

/** Tells whether every bit of `trait` is set in `traits`. */
export function hasTrait(traits: number, trait: number): boolean {
  return (traits & trait) === trait;
}
