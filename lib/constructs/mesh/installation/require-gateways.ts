import type { Construct } from 'constructs';
import type { InstalledGatewayFacts } from '../../../model/installation/installation';
import { MeshError } from '../../../support/mesh-error';
import type { InstalledGateway } from '../../../values/installation/installed-gateway';

/** Names of the releases without which there is no mesh. */
const OWN = /^(istio-base|istio-cni|ztunnel|istiod(-.*)?)$/;

/** Gateways that come with Istio, each under a name of its own. */
export function requireGateways(at: Construct, said: readonly InstalledGateway[] = []): readonly InstalledGatewayFacts[] {
  const gateways = said.map(({ _facts }) => _facts);
  const taken = gateways.find(({ name }, index) => OWN.test(name) || gateways.findIndex((one) => one.name === name) !== index);
  if (taken === undefined) return gateways;
  throw new MeshError({
    code: 'MESH923',
    at,
    what: 'each gateway is a release of a name of its own',
    got: `${taken.name}, which is ${OWN.test(taken.name) ? 'a release of Istio itself' : 'there twice'}`,
    fix: 'give it another name',
  });
}
