import { rule } from '../rule';

export const sharedGround = rule({
  code: 'MESH139',
  level: 'warning',
  title: 'host that two tenants have',

  check({ tenants = [] }, report) {
    tenants.forEach((tenant, index) => {
      for (const other of tenants.slice(0, index)) {
        for (const host of tenant.hosts.filter((one) => other.hosts.some((its) => covers(its, one) || covers(one, its)))) {
          report({
            on: tenant,
            message: `${host} is of tenant ${tenant.name} and of tenant ${other.name}: each of them may take its requests from the other`,
            got: `${tenant.name}: ${tenant.hosts.join(', ')}; ${other.name}: ${other.hosts.join(', ')}`,
            fix: 'leave it to one of them; what both call outside belongs into a namespace of neither; or acknowledge this',
          });
        }
      }
    });
  },
});

function covers(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith('*') && host.endsWith(pattern.slice(1)));
}
