import { NETWORKING, SECURITY } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { hasLabels } from '../../cluster/objects/selectors';
import type { Attached } from '../../cluster/policies/attachments';
import { selectingObjects } from '../../cluster/policies/selecting-objects';
import { type IstioGateway, tryIstioGateway } from '../../cluster/routes/istio-gateways';
import { isLikeClaim } from '../../cluster/routes/routing-claims';
import { httpRoutesOf, type VirtualService, virtualServices } from '../../cluster/routes/virtual-services';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const uncheckedClaim = rule({
  code: 'MESH232',
  level: 'warning',
  title: 'route by claims of a token that nobody checks',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec gateways'], made: false },
    { kinds: [`${SECURITY}/RequestAuthentication`], fields: ['spec selector'], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    const checking = selectingObjects(cluster).filter(({ object }) => object.kind === 'RequestAuthentication');
    for (const one of virtualServices(cluster).filter(isRaw)) {
      const claims = claimsIn(cluster, one);
      const gateways = new Set(one.gateways.flatMap((key) => tryIstioGateway(cluster, key) ?? []));
      const unchecked = [...gateways].filter((gateway) => !checking.some((each) => isForGateway(each, gateway)));
      for (const gateway of claims.length > 0 ? unchecked : []) {
        report({
          on: one.object,
          message: `${one.title} routes by ${claims.join(', ')}, and no RequestAuthentication is for the pods of the gateway ${gateway.key}: no request has such a claim`,
          got: claims.join(', '),
          fix: `declare a RequestAuthentication for ${Object.entries(gateway.selector).flat().join('=')}, with the issuer of the token`,
        });
      }
    }
  },
});

function claimsIn(cluster: Cluster, one: VirtualService): string[] {
  const matches = httpRoutesOf(cluster, one).flatMap((route) => route.matches ?? []);
  const names = matches.flatMap(({ headers, withoutHeaders }) => [...Object.keys(headers), ...Object.keys(withoutHeaders)]);
  return [...new Set(names.filter(isLikeClaim))].sort();
}

// Where the pods are, no Gateway says: one without a selector may be in their namespace.
function isForGateway({ selector, targets }: Attached, gateway: IstioGateway): boolean {
  return targets.length > 0 || hasLabels(gateway.selector, selector);
}
