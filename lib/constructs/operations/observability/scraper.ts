import type { Construct } from 'constructs';
import type { Port } from '../../../model/port';
import { planeOf } from '../../../planes/plane-of';
import { MeshError } from '../../../support/mesh-error';
import type { Kind } from '../../../support/options/kind';
import { ServiceIdentity } from '../../../values/access/service-identity';

/** Who scrapes, by the account that it runs under. */
export const SCRAPER: Kind<ServiceIdentity> = {
  wanted: 'the identity of a Prometheus',
  example: "ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: DataPlane.ambient() })",
  isOne: (value) => value instanceof ServiceIdentity,
};

interface Asked {
  readonly scraper?: ServiceIdentity;
  readonly scrapeClass?: string;
}

const CERTIFICATES_OF_MESH = 'istio';

/** By which certificates the scraper speaks TLS itself; none where ztunnel does it, or nobody needs to. Refuses one of whom nobody says how it proves who it is. */
export function scrapeClassOf(at: Construct, { scraper, scrapeClass = CERTIFICATES_OF_MESH }: Asked, port: Port): string | undefined {
  if (port.plaintext !== undefined) return undefined;
  if (scraper?.dataPlane) return planeOf(scraper.dataPlane._facts).podsHoldProxies ? scrapeClass : undefined;
  const word = `MeshPort.${port.appProtocol}(${port.number}, { plaintext: '<reason>' })`;
  throw new MeshError({
    code: 'MESH901',
    at,
    what: 'a port that takes mutual TLS alone is scraped by an identity, and in the way in which that is in the mesh',
    got: scraper ? `${scraper.namespaceName}/${scraper.serviceAccountName} without dataPlane` : 'no scraper',
    fix: `say ServiceIdentity.of('<namespace>', '<account>', { dataPlane: DataPlane.ambient() }); for a Prometheus outside the mesh, declare MergedMetrics where pods have sidecars, or ${word}`,
  });
}
