import type { Excepted } from '../../model/access/condition-facts';
import type { ClusterFacts } from '../../model/clusters/cluster-facts';
import type { BackendFacts, DnsFacts, InfrastructureFacts } from '../../model/infrastructure-facts';
import type { CanaryWaypoint, DataPlaneMode, MigrationFacts, WaypointFacts } from '../../model/namespace-facts';
import type { HttpPart } from '../../model/http-part';
import type { Port } from '../../model/port';
import type { WrittenCall, WrittenEnd, WrittenMeshFacts, WrittenNamespace, WrittenService } from '../../model/written/written-mesh';
import { BOOLEAN, type Check, type Kind, listOf, mapOf, NUMBER, optional, struct, TEXT } from '../../support/options/kind';

/** The part of a `mesh.json` that another program reads; what else stands in it is let be, and whatever a later version adds. */
export interface WrittenJson extends Omit<WrittenMeshFacts, 'source'> {
  readonly objects: ReadonlyArray<{ readonly path: string }>;
}

const words = <Word extends string>(...all: readonly Word[]): Kind<Word> => ({
  wanted: `one of ${all.join(', ')}`,
  example: `'${all[0]}'`,
  isOne: (value) => all.includes(value as Word),
});

const anything = <T>(): Kind<T> => ({ wanted: 'anything', example: '{}', isOne: () => true });

const many = <T>(each: Kind<T>): Kind<readonly T[]> => listOf(each) as Check;

const TEXTS = many(TEXT);
const LABELS: Kind<Readonly<Record<string, string>>> = mapOf(TEXT) as Check;
const MODE = words<DataPlaneMode>('sidecar', 'ambient', 'unknown');
const MIGRATION = struct<MigrationFacts>({ wave: NUMBER });

const PLACE = { name: TEXT, namespaceName: TEXT, principal: TEXT };

const WAYPOINT = struct<WaypointFacts>({
  ...PLACE,
  canary: optional(struct<CanaryWaypoint>({ ...PLACE, canary: anything(), weight: optional(NUMBER) })),
});

const PORT = struct<Port>({
  name: TEXT,
  number: NUMBER,
  targetPort: NUMBER,
  appProtocol: TEXT,
  readsHttp: BOOLEAN,
  timeoutMs: anything(),
  plaintext: anything(),
  mtls: anything(),
  origination: anything(),
});

const PORTS = many(PORT);

const DNS = struct<DnsFacts>({ namespaceName: optional(TEXT), podLabels: optional(LABELS), cidr: optional(TEXT), port: NUMBER });

const BACKEND = struct<BackendFacts>({ host: TEXT, namespaceName: TEXT, port: NUMBER, isTunnelled: optional(BOOLEAN) });

const INFRASTRUCTURE = struct<InfrastructureFacts>({
  dns: many(DNS),
  monitoringNamespace: optional(TEXT),
  controlPlaneNamespace: TEXT,
  probePorts: many(NUMBER),
  telemetryBackends: many(BACKEND),
  apiServer: optional(struct({ cidr: TEXT, port: NUMBER })),
});

const NAMESPACE = struct<WrittenNamespace>({
  name: TEXT,
  mode: MODE,
  migration: optional(MIGRATION),
  owned: BOOLEAN,
  enrolled: BOOLEAN,
  zeroTrust: BOOLEAN,
  stage: optional(words('observe', 'allow-known')),
  networkLayer: optional(words('none')),
  closedByMesh: optional(BOOLEAN),
  revision: optional(TEXT),
  waypoint: optional(WAYPOINT),
  infrastructure: optional(INFRASTRUCTURE),
});

const END = {
  kind: TEXT as Kind<WrittenEnd['kind']>,
  key: TEXT,
  name: TEXT,
  namespaceName: TEXT,
  principal: optional(TEXT),
  addresses: optional(TEXTS),
  isGuarded: optional(BOOLEAN),
};

/** A service that the other program makes; one that it guards stands among the others, and is the same. */
export const WRITTEN_SERVICE = struct<WrittenService>({
  ...END,
  host: TEXT,
  ports: PORTS,
  serviceAccountName: TEXT,
  podLabels: optional(LABELS),
  dataPlane: MODE,
  waypoint: optional(WAYPOINT),
  serviceNames: optional(TEXTS),
  guardedNames: optional(TEXTS),
  isDialled: optional(BOOLEAN),
  meshHosts: optional(TEXTS),
  headless: optional(words('some', 'all')),
  networks: optional(TEXTS),
});

const HTTP = struct<HttpPart>({ methods: TEXTS, paths: TEXTS, hosts: optional(TEXTS), notPaths: optional(TEXTS) });

const CALL = struct<WrittenCall>({
  caller: TEXT,
  callee: TEXT,
  action: words('ALLOW', 'DENY', 'CUSTOM', 'AUDIT', 'DRY_RUN'),
  ports: PORTS,
  http: optional(many(HTTP)),
  toPods: optional(BOOLEAN),
  plaintext: optional(BOOLEAN),
  excepted: optional(many(struct<Excepted>({ name: TEXT, principal: TEXT }))),
  declaredAt: optional(TEXT),
});

const CLUSTER = struct<ClusterFacts>({ name: TEXT, network: optional(TEXT), podCidrs: TEXTS, gatewayAddresses: TEXTS });

/** What each of its fields is. */
export const WRITTEN_JSON = struct<WrittenJson>({
  trustDomain: TEXT,
  clusterDomain: TEXT,
  cluster: optional(CLUSTER),
  namespaces: many(NAMESPACE),
  services: many(WRITTEN_SERVICE),
  others: many(struct<WrittenEnd>({ ...END, host: optional(TEXT) })),
  calls: many(CALL),
  objects: many(struct({ path: TEXT })),
});
