import { OWN_PROVIDERS } from '../../istio/defaults';
import { TELEMETRY } from '../../istio/api-groups';
import { listOf, textOf } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import type { FieldPath } from '../../model/declared';
import type { ManifestObject } from '../../model/mesh-model';
import { nearestOf } from '../../support/options/nearest';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

const ASPECTS = ['tracing', 'accessLogging', 'metrics'];

export const unknownProvider = rule({
  code: 'MESH501',
  level: 'error',
  title: 'Telemetry for a provider that the mesh does not have',

  check(model, report) {
    const { providerNames } = model;
    if (!providerNames) return;
    const known = [...providerNames, ...OWN_PROVIDERS];
    for (const object of objectsOf(clusterOf(model), TELEMETRY, 'Telemetry')) {
      for (const { name, field } of providersOf(object).filter((one) => !known.includes(one.name))) {
        const near = nearestOf(name, known);
        report({
          on: object,
          field,
          message: `${nameOf(object)} names the provider ${name}, which the mesh configuration does not have: nothing is sent to it`,
          got: `${name}; extensionProviders has ${providerNames.join(', ') || 'none'}`,
          fix: near === undefined ? 'write it into extensionProviders of the mesh configuration' : `did you mean ${near}?`,
        });
      }
    }
  },
});

interface Named {
  readonly name: string;
  readonly field: FieldPath;
}

function providersOf(object: ManifestObject): Named[] {
  return ASPECTS.flatMap((aspect) =>
    listOf(specOf(object)[aspect]).flatMap(({ providers }, entry) =>
      listOf(providers).flatMap(({ name }, index) => {
        const said = textOf(name);
        return said === undefined ? [] : [{ name: said, field: ['spec', aspect, entry, 'providers', index, 'name'] }];
      }),
    ),
  );
}
