import { CORE, GATEWAY_API } from '../../istio/api-groups';
import { listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { namespaceOf, nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf, tryObject } from '../../cluster/objects/objects-by-kind';
import { holdsDeferred } from '../../support/deferred';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { ownedNamespaces } from '../planes';
import { rule } from '../rule';

// Kubernetes and Istio put these into every namespace.
const EVERYWHERE = ['kube-root-ca.crt', 'istio-ca-root-cert', 'istio-ca-crl'];

export const unknownAuthority = rule({
  code: 'MESH230',
  level: 'warning',
  title: 'BackendTLSPolicy whose authority is not there',
  compares: [
    {
      kinds: [`${GATEWAY_API}/BackendTLSPolicy`],
      fields: fieldPaths(['spec validation caCertificateRefs'], ['name', 'kind']),
      made: false,
    },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    // One whose name is known only later may be the one that is meant.
    if (objectsOf(cluster, CORE, 'ConfigMap').some(({ manifest }) => holdsDeferred(manifest.metadata))) return;
    const bundles = new Set(objectsOf(cluster, 'trust.cert-manager.io', 'Bundle').map(({ name }) => name));
    for (const object of objectsOf(cluster, GATEWAY_API, 'BackendTLSPolicy').filter(({ made }) => !made)) {
      const namespaceName = namespaceOf(object);
      const refs = listOf(valueAt(specOf(object), 'validation', 'caCertificateRefs')).filter(({ kind }) => textOf(kind) === 'ConfigMap');
      const missing = refs.map(({ name }) => textOf(name) ?? '').filter((name) => !bundles.has(name) && !EVERYWHERE.includes(name));
      const lost = missing.filter((name) => !tryObject(cluster, CORE, 'ConfigMap', `${namespaceName}/${name}`));
      if (lost.length === 0 || !ownedNamespaces(model).has(namespaceName)) continue;
      report({
        on: object,
        message: `${nameOf(object)} trusts the authorities of a ConfigMap that namespace ${namespaceName} does not have: before Istio 1.31.1 requests are then sent without TLS, later they fail`,
        got: `ConfigMap ${lost.join(', ')}`,
        fix: 'declare the ConfigMap, with ca.crt in it; or wellKnownCACertificates: System for public authorities',
      });
    }
  },
});
