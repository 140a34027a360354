import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { PartyFacts } from '../../model/party';
import { amendManifest, type Manifest } from '../tree/amend-manifest';
import { claimObject } from '../tree/make-object';
import { scopeLabels } from './service-labels';

interface ServiceOptions {
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** It has no address: who asks for it connects to the pods, ready or not. */
  readonly isHeadless?: boolean;
}

/** A Service with every port of a party, each with the protocol that Istio would else guess. */
export function makeService(scope: Construct, id: string, party: PartyFacts, options: ServiceOptions): kplus.Service {
  const { name, selector, labels, isHeadless } = options;
  const service = new kplus.Service(scope, id, {
    metadata: { name, namespace: party.namespaceName, labels: { ...labels, ...scopeLabels(party) } },
    ports: party.ports.map((port) => ({ name: port.name, port: port.number, targetPort: port.targetPort, protocol: kplus.Protocol.TCP })),
    ...(isHeadless ? { clusterIP: 'None', publishNotReadyAddresses: true } : {}),
  });
  for (const [key, value] of Object.entries(selector)) service.selectLabel(key, value);

  const protocols = new Map(party.ports.map((port) => [port.name, port.appProtocol]));
  amendManifest(claimObject(ApiObject.of(service)), (manifest) =>
    withDistribution(withProtocols(manifest, protocols), isHeadless ? undefined : party.trafficDistribution),
  );
  return service;
}

// cdk8s-plus has no word for it.
function withDistribution(manifest: Manifest, trafficDistribution: string | undefined): Manifest {
  if (trafficDistribution === undefined) return manifest;
  return { ...manifest, spec: { ...(manifest.spec as object), trafficDistribution } };
}

function withProtocols(manifest: Manifest, protocols: ReadonlyMap<string, string>): Manifest {
  const { externalIPs, ...spec } = manifest.spec as {
    readonly externalIPs?: readonly string[];
    readonly ports: ReadonlyArray<{ readonly name: string }>;
  };
  const ports = spec.ports.map((port) => ({ appProtocol: protocols.get(port.name), ...port }));
  return { ...manifest, spec: { ...spec, ...(externalIPs?.length ? { externalIPs } : {}), ports } };
}
