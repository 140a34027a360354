import type * as networking from '../../../imports/networking.istio.io';
import type { RouteTable } from '../../model/route';
import { versionLabels } from '../../planes/routers/router';
import { featuresIn, type Fields, valueOf } from '../../planes/features';

/** What callers do with a host: its subsets, and how much they may load it. TLS is left to the mesh, which does it by itself. */
export function renderDestinationRule(host: string, subsets: readonly string[], table: RouteTable): networking.DestinationRuleSpec {
  return {
    host,
    trafficPolicy: trafficPolicyOf(table),
    subsets: subsets.length > 0 ? subsets.map((version) => ({ name: version, labels: { ...versionLabels(table, version) } })) : undefined,
  };
}

function trafficPolicyOf(table: RouteTable): networking.DestinationRuleSpecTrafficPolicy | undefined {
  const said = featuresIn(table).filter(({ ofHost }) => ofHost);
  return said.length > 0 ? (Object.assign({}, ...said.map((feature) => feature.ofHost!(valueOf(feature, table)))) as Fields) : undefined;
}
