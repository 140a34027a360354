import { DataPlane, Waypoint } from 'istio-constructs';

/** A data plane under test, and how an expectation that differs by it is looked up. */
export interface PlaneUnderTest<Name extends string = PlaneName> {
  readonly name: Name;
  readonly dataPlane: DataPlane;
  /** The expectation for this plane. */
  of<T>(table: Readonly<Record<Name, T>>): T;
}

export type PlaneName = 'sidecar' | 'ambient';

/** Who decides on a call: the callee's sidecar, the ztunnel of its node, or its namespace's waypoint. */
export type EnforcerName = 'sidecar' | 'ztunnel' | 'waypoint';

const PLANES: Readonly<Record<PlaneName, DataPlane>> = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() };

const ENFORCERS: Readonly<Record<EnforcerName, DataPlane>> = {
  sidecar: DataPlane.sidecar(),
  ztunnel: DataPlane.ambient({ waypoint: Waypoint.NEVER }),
  waypoint: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }),
};

/** States a behaviour once for both data planes; in ambient mode a waypoint comes when it is needed. */
export function forEachPlane(body: (plane: PlaneUnderTest) => void): void {
  forEach(PLANES, 'mode', body);
}

/** States a behaviour once for all who can enforce it: the three columns of the design's table. */
export function forEachEnforcer(body: (plane: PlaneUnderTest<EnforcerName>) => void): void {
  forEach(ENFORCERS, 'enforcing', body);
}

function forEach<Name extends string>(
  planes: Readonly<Record<Name, DataPlane>>,
  word: string,
  body: (plane: PlaneUnderTest<Name>) => void,
): void {
  for (const [name, dataPlane] of Object.entries(planes) as Array<[Name, DataPlane]>) {
    describe(`(${name} ${word})`, () => body({ name, dataPlane, of: (table) => table[name] }));
  }
}
