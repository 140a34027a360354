import { GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { titleOf } from '../../cluster/objects/manifest-object';
import { rule } from '../rule';
import { takenHosts } from './reach/taken-hosts';
import { tenantObjects } from './reach/tenancies';

const ISTIO = ['VirtualService', 'DestinationRule', 'ServiceEntry', 'Gateway'];
const ROUTES = ['Gateway', 'ListenerSet', 'HTTPRoute', 'GRPCRoute', 'TLSRoute'];

export const takenHost = rule({
  code: 'MESH131',
  level: 'error',
  title: 'object of a tenant that speaks for a host of somebody else',
  compares: [
    {
      kinds: ISTIO.map((kind) => `${NETWORKING}/${kind}`),
      fields: ['spec hosts', 'spec host', 'spec servers hosts', 'spec exportTo'],
      ofTenants: true,
    },
    {
      kinds: ROUTES.map((kind) => `${GATEWAY_API}/${kind}`),
      fields: ['spec hostnames', 'spec listeners hostname', 'spec parentRefs namespace'],
      ofTenants: true,
    },
  ],

  check(model, report) {
    const objects = [...tenantObjects(model, NETWORKING, ISTIO), ...tenantObjects(model, GATEWAY_API, ROUTES)];
    for (const one of objects) {
      const { tenant, object } = one;
      for (const host of new Set(takenHosts(one))) {
        report({
          on: object,
          message: `${titleOf(object)} speaks for ${host === '*' ? 'every host' : host}, and tenant ${tenant.name} has its own Services and ${tenant.hosts.join(', ') || 'no other host'}`,
          got: `${tenant.name} in namespace ${tenant.namespaces.join(', ')}`,
          fix: `name a host of the tenant; or, where this one is its own, say it under hosts of Tenant ${tenant.name}`,
        });
      }
    }
  },
});
