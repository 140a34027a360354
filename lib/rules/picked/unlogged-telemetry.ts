import { CORE, TELEMETRY } from '../../istio/api-groups';
import type { MeshModel } from '../../model/mesh-model';
import { fieldsOf, listOf, textOf } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { clusterOf } from '../cluster-of';
import { rule } from '../rule';

export const unloggedTelemetry = rule({
  code: 'MESH157',
  level: 'warning',
  title: 'Telemetry that asks for logs of nobody',

  check(model, report) {
    if (hasDefaultProviders(model)) return;
    for (const object of objectsOf(clusterOf(model), TELEMETRY, 'Telemetry').filter(({ made }) => !made)) {
      const index = listOf(specOf(object).accessLogging).findIndex(
        ({ disabled, providers }) => disabled !== true && listOf(providers).length === 0,
      );
      if (index < 0) continue;
      report({
        on: object,
        field: ['spec', 'accessLogging', index],
        message: `${nameOf(object)} asks for access logs and names no provider: nothing is logged, unless the mesh has a default one`,
        fix: 'write providers, such as providers: [{ name: envoy }], or set defaultProviders.accessLogging in the mesh config',
      });
    }
  },
});

/** The ConfigMap of istiod, where it is in the manifests, says it as YAML in a text. */
function hasDefaultProviders(model: MeshModel): boolean {
  const configs = objectsOf(clusterOf(model), CORE, 'ConfigMap').filter(({ name }) => /^istio(-|$)/.test(name));
  return configs.some(({ manifest }) => /\bdefaultProviders\b[^]*\baccessLogging\b/.test(textOf(fieldsOf(manifest.data).mesh) ?? ''));
}
