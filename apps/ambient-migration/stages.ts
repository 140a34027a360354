// The way from sidecars to ambient. A stage is one word in the program, and what is applied is the same program with the next one.
import { DataPlane, Migration } from 'istio-constructs';

export const STAGES = {
  /** As it runs today. */
  sidecar: DataPlane.sidecar(),

  /** All pods keep their sidecars and restart once; the waypoint comes, and nobody is sent to it. */
  prepare: DataPlane.ambient({ migration: Migration.PREPARE }),

  /** Who calls others by methods and paths, and is called so by nobody: `web`. */
  'wave-1': DataPlane.ambient({ migration: Migration.wave(1) }),

  /** Whom those call: `cart`. */
  'wave-2': DataPlane.ambient({ migration: Migration.wave(2) }),

  /** Whom all others call: `product`, both its versions. */
  'wave-3': DataPlane.ambient({ migration: Migration.wave(3) }),

  /** What only sidecars need is taken away. No pod restarts. */
  ambient: DataPlane.ambient(),
} as const satisfies Readonly<Record<string, DataPlane>>;

export type StageName = keyof typeof STAGES;

/** A stage by its name, as STAGE has it. */
export function stageNamed(name: string): StageName {
  if (Object.keys(STAGES).includes(name)) return name as StageName;
  throw new Error(`There is no stage ${name}; there are ${Object.keys(STAGES).join(', ')}.`);
}
