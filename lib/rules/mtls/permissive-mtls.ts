import { SECURITY } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { mtlsInNamespace, type MtlsSettings, mtlsSettings } from '../../cluster/policies/mtls-settings';
import { clusterOf } from '../cluster-of';
import { endlessPlaces, isOurs, placesOf, weakerText } from '../mtls-places';
import { MTLS_MODES } from '../comparison';
import { rule } from '../rule';
import { withoutMistakenPorts } from './words/mistaken-ports';

export const permissiveMtls = rule({
  code: 'MESH108',
  level: 'warning',
  title: 'plaintext traffic is accepted',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const settings of mtlsSettings(cluster).map((each) => withoutMistakenPorts(cluster, each))) {
      const places = isOurs(settings)
        ? endlessPlaces(model, settings)
        : [...placesOf(settings, 'PERMISSIVE'), ...inherited(cluster, settings)];
      if (places.length === 0) continue;
      report({
        on: settings.object,
        field: settings.mode ? ['spec', 'mtls', 'mode'] : ['spec'],
        message: `${nameOf(settings.object)} lets callers in without mutual TLS, so their identity is unknown${weakerText(cluster, settings)}`,
        got: places.join(', '),
        fix: 'set STRICT once all callers are in the mesh; MTls.migrating says until when',
        yamlFix: 'set STRICT once all callers are in the mesh',
      });
    }
  },
});

// Without a word of its own it takes what the level above says; ports in it may still be strict.
function inherited(cluster: Cluster, { mode, namespaceName }: MtlsSettings): string[] {
  return mode || mtlsInNamespace(cluster, namespaceName).mode !== 'PERMISSIVE' ? [] : ['no mode of its own, so PERMISSIVE applies'];
}
