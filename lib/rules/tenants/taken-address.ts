import { CORE, NETWORKING } from '../../istio/api-groups';
import { titleOf } from '../../cluster/objects/manifest-object';
import { rule } from '../rule';
import { takenAddresses } from './reach/taken-addresses';
import { tenantObjects } from './reach/tenancies';

const ENTRIES = ['ServiceEntry', 'WorkloadEntry'];

export const takenAddress = rule({
  code: 'MESH133',
  level: 'error',
  title: 'object of a tenant that names an address of somebody else',
  compares: [
    {
      kinds: ENTRIES.map((kind) => `${NETWORKING}/${kind}`),
      fields: ['spec addresses', 'spec endpoints address', 'spec address'],
      ofTenants: true,
    },
    { kinds: [`${CORE}/Service`], fields: ['spec externalIPs'], ofTenants: true },
  ],

  check(model, report) {
    const objects = [...tenantObjects(model, NETWORKING, ENTRIES), ...tenantObjects(model, CORE, ['Service'])];
    for (const one of objects) {
      const { tenant, object } = one;
      for (const address of new Set(takenAddresses(one))) {
        report({
          on: object,
          message: `${titleOf(object)} says who is at ${address}, which is not of tenant ${tenant.name}: ztunnel knows a workload and its identity by its address`,
          got: `addresses of tenant ${tenant.name}: ${tenant.addresses.join(', ') || 'none'}`,
          fix: `leave the address out; or, where the tenant has the machine, say its block under addresses of Tenant ${tenant.name}`,
        });
      }
    }
  },
});
