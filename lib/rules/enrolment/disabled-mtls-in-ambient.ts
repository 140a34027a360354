import { SECURITY } from '../../istio/api-groups';
import { MTLS_MODES } from '../comparison';
import { nameOf } from '../manifest-reader';
import { mtlsSettings, placesOf } from '../mtls-modes';
import { isAmbient } from '../namespace-planes';
import { rule } from '../rule';
import { selectedPlane } from '../workloads';

export const disabledMtlsInAmbient = rule({
  code: 'MESH109',
  level: 'error',
  title: 'mutual TLS cannot be switched off in ambient mode',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES }],

  check(model, report) {
    for (const settings of mtlsSettings(model)) {
      const places = placesOf(settings, 'DISABLE');
      if (places.length === 0 || !isAmbient(selectedPlane(model, settings.namespaceName, settings.selector))) continue;
      report({
        on: settings.object,
        message: `${nameOf(settings.object)} says DISABLE, but ztunnel always offers mutual TLS: at most, plaintext gets in as well`,
        got: places.join(', '),
        fix: 'set STRICT, or PERMISSIVE while callers outside the mesh remain; to take a pod out of the mesh, label it istio.io/dataplane-mode: none',
      });
    }
  },
});
