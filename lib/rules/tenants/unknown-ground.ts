import { namespaceOf } from '../../cluster/objects/manifest-object';
import type { MeshModel } from '../../model/mesh-model';
import type { TenantFacts } from '../../model/tenants/tenant';
import { nearestOf } from '../../support/options/nearest';
import { perModel } from '../per-model';
import { ownedNamespaces } from '../planes';
import { rule } from '../rule';

export const unknownGround = rule({
  code: 'MESH150',
  level: 'warning',
  title: 'tenant with a namespace or a gateway that nobody makes',

  check(model, report) {
    for (const tenant of model.tenants ?? []) {
      for (const name of tenant.namespaces.filter((one) => isUnknown(model, tenant, one))) {
        report({
          on: tenant,
          message: `tenant ${tenant.name} has namespace ${name}, and this program has nothing there: whatever is in the namespace that was meant may take hosts, gateways and addresses of others`,
          got: name,
          fix: fixOf(name, ofNobody(model), 'leave it out, or say admission: true where others make that namespace'),
        });
      }
      for (const key of tenant.gateways.filter((one) => isLost(model, one))) {
        report({
          on: tenant,
          message: `tenant ${tenant.name} may use gateway ${key}, and this program makes that namespace and no such gateway in it: routes of the tenant at the gateway that was meant stop synth`,
          got: key,
          fix: fixOf(key, [...gateways(model)], 'leave it out'),
        });
      }
    }
  },
});

function fixOf(name: string, known: readonly string[], otherwise: string): string {
  const near = nearestOf(name, known);
  return near === undefined ? otherwise : `did you mean ${near}? Else ${otherwise}`;
}

// With admission the API server holds it, wherever the namespace is made: then there has to be a sign that this program makes it.
function isUnknown(model: MeshModel, tenant: TenantFacts, name: string): boolean {
  const known = namespaces(model);
  if (known.has(name)) return false;
  return !isAdmitted(model, tenant) || tenant.namespaces.some((one) => known.has(one)) || nearestOf(name, ofNobody(model)) !== undefined;
}

function isAdmitted({ objects }: MeshModel, { path }: TenantFacts): boolean {
  return objects.some((object) => object.kind === 'ValidatingAdmissionPolicy' && object.path.startsWith(`${path}/`));
}

function isLost(model: MeshModel, key: string): boolean {
  return ownedNamespaces(model).has(key.split('/')[0]) && !gateways(model).has(key);
}

/** Wherever something of the program is, or somebody whom it names. */
const namespaces = perModel(({ namespaces: declared, objects, services, others }): ReadonlySet<string> => {
  const parties = [...services, ...others].map(({ namespaceName }) => namespaceName);
  const places = objects.map((object) => (object.kind === 'Namespace' ? object.name : namespaceOf(object)));
  return new Set([...declared.map(({ name }) => name), ...parties, ...places]);
});

/** Namespaces of the program that no tenant has. */
function ofNobody({ namespaces: declared, tenants = [] }: MeshModel): string[] {
  return declared.map(({ name }) => name).filter((name) => !tenants.some((tenant) => tenant.namespaces.includes(name)));
}

/** As `namespace/name`, of whichever API. */
const gateways = perModel(({ objects, others }): ReadonlySet<string> => {
  const named = others.filter(({ kind }) => kind === 'gateway').map(({ namespaceName, name }) => `${namespaceName}/${name}`);
  return new Set([...named, ...objects.filter(({ kind }) => kind === 'Gateway').map((one) => `${namespaceOf(one)}/${one.name}`)]);
});
