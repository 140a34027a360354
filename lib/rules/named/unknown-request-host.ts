import { CORE, SECURITY } from '../../istio/api-groups';
import type { FieldPath } from '../../model/declared';
import type { Cure } from '../../model/finding';
import type { MeshModel } from '../../model/mesh-model';
import { serviceNameOf } from '../../cluster/services/hosts';
import { servicesIn } from '../../cluster/services/services';
import { serviceOf } from '../../cluster/services/registry';
import { clusterOf } from '../cluster-of';
import { fieldPaths, NAME } from '../comparison';
import { ownedNamespaces } from '../planes';
import { rawPolicies } from '../raw-policies';
import { certainlyMeant } from '../../support/options/nearest';
import { rule } from '../rule';
import { valuesOf } from './values/clauses';

export const unknownRequestHost = rule({
  code: 'MESH281',
  level: 'warning',
  title: 'policy by a host of the cluster that is not there',
  compares: [
    { kinds: [`${SECURITY}/AuthorizationPolicy`], fields: fieldPaths(['spec rules to operation'], ['hosts', 'notHosts']), made: false },
    { kinds: [`${CORE}/Service`], fields: NAME, sought: true },
  ],

  check(model, report) {
    for (const { object, title } of rawPolicies(model)) {
      const missing = valuesOf(object, 'to', ['hosts', 'notHosts']).filter(({ value }) => isMissing(model, value));
      for (const { value, field } of missing) {
        report({
          on: object,
          field,
          message: `${title} names the host ${value}, which is that of no Service: no request asks for it`,
          got: value,
          fix: 'name a Service of the namespace, as its callers write it',
          cures: curesOf(model, value, field),
        });
      }
    }
  },
});

// A host may be whatever clients write; only a name of the cluster's own can be known not to be there.
function isMissing(model: MeshModel, said: string): boolean {
  const host = said.replace(/:\d+$/, '').toLowerCase();
  const name = host.includes('*') ? undefined : serviceNameOf(model, host);
  return name !== undefined && ownedNamespaces(model).has(name.namespaceName) && serviceOf(clusterOf(model), host) === undefined;
}

function curesOf(model: MeshModel, said: string, field: FieldPath): Cure[] {
  const { name, namespaceName } = serviceNameOf(model, said.replace(/:\d+$/, '').toLowerCase())!;
  const services = servicesIn(clusterOf(model), namespaceName).filter(({ kind }) => kind === 'Service');
  const meant = certainlyMeant(
    name,
    services.map(({ object }) => object.name),
  );
  return meant === undefined ? [] : [{ field, kind: 'set', was: said, to: `${meant}${said.slice(name.length)}` }];
}
