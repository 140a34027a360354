import type { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import type { PartyFacts } from '../../../model/party';
import type { MirrorFacts, MirroredService } from '../../../model/route-features';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';
import { percentageOf } from '../../routes/percentage-of';
import { servicePodsOf } from '../../service/service-pods';
import type { TrafficMirrorProps } from './traffic-mirror-props';

/** Where copies go, as it goes into the service's route table. */
export function mirrorFactsOf(at: Construct, { service, mirror, mirrorService, percentage }: TrafficMirrorProps): MirrorFacts {
  const share = percentageOf(at, 'mirror', percentage);
  if (mirror && !mirrorService) return { version: mirror.version, percentage: share };
  if (!mirrorService || mirror)
    return refuse(
      at,
      'MESH766',
      'copies go to one place',
      mirror ? 'mirror and mirrorService' : 'neither mirror nor mirrorService',
      'set mirror for a version of the service, or mirrorService for another service',
    );
  const own = servicePodsOf(service).party;
  const other = partyOf(at, mirrorService, MeshGraph.of(at));
  if (other.key === own.key)
    refuse(at, 'MESH767', 'copies go somewhere else', `${own.name} itself`, 'name another service, or a version with mirror');
  return { other: mirroredService(at, own, other), percentage: share };
}

// The port of the same number, as far as the other service has it.
function mirroredService(at: Construct, own: PartyFacts, other: PartyFacts): MirroredService {
  const { key, host, name, namespaceName } = other;
  const numbers = own.ports.filter(({ readsHttp }) => readsHttp).map(({ number }) => number);
  const http = other.ports.filter(({ readsHttp }) => readsHttp);
  const port = http.find(({ number }) => numbers.includes(number)) ?? http.at(0);
  if (port && host !== undefined) return { key, host, name, namespaceName, port: port.number };
  return refuse(
    at,
    'MESH768',
    'copies are HTTP requests',
    `${name}, which has no HTTP port`,
    'declare its port with MeshPort.http, http2 or grpc, or name another service',
  );
}

function refuse(at: Construct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
