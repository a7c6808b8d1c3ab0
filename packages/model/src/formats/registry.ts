import { audit } from './audit/audit.ts';
import { compact } from './compact/compact.ts';
import { ecs } from './ecs/ecs.ts';
import { falco } from './falco/falco.ts';
import type { Format } from './format.ts';
import { hubble } from './hubble/hubble.ts';
import { kubearmor } from './kubearmor/kubearmor.ts';
import { sysdig } from './sysdig/sysdig.ts';
import { tetragon } from './tetragon/tetragon.ts';
import { tracee } from './tracee/tracee.ts';
import { zeek } from './zeek/zeek.ts';

/** Every format we read, alphabetical. Sniffers exclude each other (a test asks each about every fixture). */
export const formats: readonly Format[] = [
  audit,
  compact,
  ecs,
  falco,
  hubble,
  kubearmor,
  sysdig,
  tetragon,
  tracee,
  zeek,
];

/** The format of an id, as the user or a stored source names it. */
export function formatOf(id: string): Format | undefined {
  return formats.find((format) => format.id === id);
}
