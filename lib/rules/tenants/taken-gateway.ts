import { GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { titleOf } from '../../cluster/objects/manifest-object';
import { ROUTE_REFERENCES, ROUTES } from '../comparison';
import { rule } from '../rule';
import { takenGateways } from './reach/taken-gateways';
import { tenantObjects } from './reach/tenancies';

const ISTIO = ['VirtualService', 'Gateway'];
const KINDS = ['Gateway', 'ListenerSet', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

export const takenGateway = rule({
  code: 'MESH132',
  level: 'error',
  title: 'object of a tenant at a gateway or a Service of somebody else',
  compares: [
    { kinds: ISTIO.map((kind) => `${NETWORKING}/${kind}`), fields: ['spec gateways', 'spec servers port'], ofTenants: true },
    { kinds: ROUTES, fields: ROUTE_REFERENCES, ofTenants: true },
    { kinds: [`${GATEWAY_API}/Gateway`, `${GATEWAY_API}/ListenerSet`], fields: ['spec parentRef', 'spec addresses'], ofTenants: true },
  ],

  check(model, report) {
    const objects = [...tenantObjects(model, NETWORKING, ISTIO), ...tenantObjects(model, GATEWAY_API, KINDS)];
    for (const one of objects) {
      const { tenant, object } = one;
      for (const gateway of new Set(takenGateways(one))) {
        report({
          on: object,
          message: `${titleOf(object)} uses ${gateway}, which is neither of a namespace of tenant ${tenant.name} nor lent to it`,
          got: `gateways of others: ${tenant.gateways.join(', ') || 'none'}`,
          fix: `use a gateway of the tenant; or, where its owner lends this one, say it under gateways of Tenant ${tenant.name}`,
        });
      }
    }
  },
});
