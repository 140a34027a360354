import type { Construct } from 'constructs';
import type { InstalledGatewayFacts } from '../../../model/installation/installation';
import { MeshError } from '../../../support/mesh-error';
import type { InstalledGateway } from '../../../values/installation/installed-gateway';

/** Names of the releases without which there is no mesh. */
const OWN = /^(istio-base|istio-cni|ztunnel|istiod(-.*)?)$/;

/** Helm takes no longer name of a release. */
const LIMIT = 53;

/** Gateways that come with Istio, each under a name of its own. */
export function requireGateways(at: Construct, said: readonly InstalledGateway[] = []): readonly InstalledGatewayFacts[] {
  const gateways = said.map(({ _facts }) => _facts);
  requireShortNames(at, gateways);
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

function requireShortNames(at: Construct, gateways: readonly InstalledGatewayFacts[]): void {
  const long = gateways.find(({ name }) => name.length > LIMIT);
  if (long === undefined) return;
  throw new MeshError({
    code: 'MESH960',
    at,
    what: `a gateway is installed as a release of its name, which for Helm has at most ${LIMIT} characters`,
    got: `${long.name} (${long.name.length} characters)`,
    fix: 'give it a shorter name',
  });
}
