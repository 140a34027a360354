import { CORE, SECURITY } from '../../istio/api-groups';
import { namespaceOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { certainlyMeant, nearestOf } from '../../support/options/nearest';
import { clusterOf } from '../cluster-of';
import { fieldPaths, NAME } from '../comparison';
import { perModel } from '../per-model';
import { rawPolicies } from '../raw-policies';
import { rule } from '../rule';
import { type ClauseValue, valuesOf } from './values/clauses';

export const unknownNamespace = rule({
  code: 'MESH269',
  level: 'warning',
  title: 'policy that names a misspelled namespace',
  compares: [
    {
      kinds: [`${SECURITY}/AuthorizationPolicy`],
      fields: fieldPaths(['spec rules from source'], ['namespaces', 'principals']),
      made: false,
    },
    { kinds: [`${CORE}/Namespace`], fields: NAME, sought: true },
  ],

  check(model, report) {
    const known = namespaces(model);
    for (const { object, title } of rawPolicies(model)) {
      const unknown = namespacesIn(object).filter(({ name }) => !known.has(name));
      const misspelled = unknown.map((one) => ({ ...one, meant: nearestOf(one.name, [...known].sort()) }));
      for (const { name, field, meant, value } of misspelled.filter((one) => one.meant !== undefined)) {
        report({
          on: object,
          field,
          message: `${title} names namespace ${name}, which is not in the manifests`,
          got: name,
          fix: `did you mean ${meant}?`,
          cures: meant === certainlyMeant(name, [...known]) ? [{ field, kind: 'set', was: value, to: renamedIn(value, name, meant!) }] : [],
        });
      }
    }
  },
});

const namespaces = perModel((model): ReadonlySet<string> => {
  const cluster = clusterOf(model);
  const said = [...model.namespaces, ...objectsOf(cluster, CORE, 'Namespace')].map(({ name }) => name);
  return new Set([
    ...said,
    ...model.objects.filter(({ namespaceName }) => namespaceName !== undefined).map(namespaceOf),
    ...model.others.map(({ namespaceName }) => namespaceName),
  ]);
});

interface Named {
  readonly name: string;
  /** The whole word in which it stands. */
  readonly value: string;
  readonly field: ClauseValue['field'];
}

function renamedIn(value: string, name: string, meant: string): string {
  return value === name ? meant : value.replace(`/ns/${name}/`, `/ns/${meant}/`);
}

// A name without a star; of a principal the namespace in it.
function namespacesIn(object: Parameters<typeof valuesOf>[0]): Named[] {
  const direct = valuesOf(object, 'from', ['namespaces', 'notNamespaces']).map(({ value, field }) => ({ name: value, value, field }));
  const inside = valuesOf(object, 'from', ['principals', 'notPrincipals']).flatMap(({ value, field }) => {
    const [, name] = /\/ns\/([^/*]+)\/sa\//.exec(value) ?? [];
    return name === undefined ? [] : [{ name, value, field }];
  });
  return [...direct, ...inside].filter(({ name }) => name !== '' && !name.includes('*'));
}
