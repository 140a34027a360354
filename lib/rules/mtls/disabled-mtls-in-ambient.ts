import { SECURITY } from '../../istio/api-groups';
import { nameOf } from '../../cluster/objects/manifest-object';
import { mtlsSettings } from '../../cluster/policies/mtls-settings';
import { clusterOf } from '../cluster-of';
import { hasAmbientPods, placesOf } from '../mtls-places';
import { MTLS_MODES } from '../comparison';
import { rule } from '../rule';

export const disabledMtlsInAmbient = rule({
  code: 'MESH109',
  level: 'error',
  title: 'mutual TLS cannot be switched off in ambient mode',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const settings of mtlsSettings(cluster)) {
      const places = placesOf(settings, 'DISABLE');
      if (places.length === 0 || !hasAmbientPods(cluster, settings)) continue;
      report({
        on: settings.object,
        message: `${nameOf(settings.object)} says DISABLE, but ztunnel always offers mutual TLS: at most, plaintext gets in as well`,
        got: places.join(', '),
        fix: 'set STRICT, or PERMISSIVE while callers outside the mesh remain; to take a pod out of the mesh, label it istio.io/dataplane-mode: none',
      });
    }
  },
});
