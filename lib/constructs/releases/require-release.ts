import type { Construct } from 'constructs';
import { CONTROLLERS } from '../../model/releases/release-controller';
import type { Code } from '../../support/codes';
import { MeshError } from '../../support/mesh-error';
import type { MeshedService } from '../service/meshed-service';
import { requireSameApp } from '../service/require-same-app';
import { servicePodsOf } from '../service/service-pods';
import { requirePods } from '../workload/require-pods';
import type { ReleasedVersion } from './released-version';

/** What is asked of a release before anything is made of it. */
export interface AskedRelease {
  readonly service: MeshedService;
  readonly released: ReleasedVersion;
  /** What messages call the version, for example `a canary`. */
  readonly called: string;
}

/** Refuses a version that its service cannot have beside its own. */
export function requireRelease(at: Construct, { service, released, called }: AskedRelease): void {
  const { version, image } = released;
  const { spec, party, controller } = servicePodsOf(service);
  requireSameApp(at, service);
  if (controller)
    refuse(
      at,
      'MESH746',
      `${CONTROLLERS[controller]} makes the releases of ${party.name}`,
      `${called} beside it`,
      'set the new image on the service, or drop releaseController',
    );
  if (version === service.version)
    refuse(at, 'MESH056', `${called} is another version than the one that serves`, version, 'give it a version of its own, for example v2');
  requirePods(at, released, spec ? 'set image, or workload' : 'set workload');
  if (image !== undefined && !spec)
    refuse(at, 'MESH059', `${called} of a service made from a workload has one too`, `image ${image}`, 'set workload instead of image');
}

/** Refuses a version that one release has twice. */
export function requireDifferent(at: Construct, released: readonly ReleasedVersion[]): void {
  const versions = released.map(({ version }) => version);
  const twice = versions.find((version, index) => versions.indexOf(version) < index);
  if (twice === undefined) return;
  refuse(at, 'MESH096', 'each version of a release has pods of its own', `${twice} twice`, 'give each a version of its own');
}

/** Refuses what only a proxy that reads HTTP can do. `asked` says what, for example `match`. */
export function requireHttpFor(at: Construct, service: MeshedService, asked: string): void {
  if (servicePodsOf(service).party.ports.some((port) => port.readsHttp)) return;
  refuse(
    at,
    'MESH060',
    'requests are told apart by a proxy that reads HTTP',
    `${asked} for a service without an HTTP port`,
    'declare a port that speaks HTTP with MeshPort.http, http2 or grpc; connections of other protocols are shared out by weight alone',
  );
}

/** Refuses a version without pods that gets requests. `got` says which, for example `at weight 5`; undefined where it gets none. */
export function requirePodsForRequests(at: Construct, { released, called }: AskedRelease, got: string | undefined): void {
  if (released.replicas !== 0 || got === undefined) return;
  refuse(at, 'MESH075', `${called} that gets requests has pods`, `replicas: 0 ${got}`, 'set replicas to 1 or more, or send it no requests');
}

function refuse(at: Construct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
