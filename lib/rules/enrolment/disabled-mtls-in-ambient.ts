import { MTLS_MODES } from '../comparison';
import { nameOf, SECURITY } from '../manifest-reader';
import { mtlsSettings, placesOf } from '../mtls-modes';
import { isAmbient } from '../namespace-planes';
import { rule } from '../rule';
import { selectedPlane } from '../workloads';

export const disabledMtlsInAmbient = rule({
  code: 'MESH109',
  level: 'error',
  title: 'mutual TLS switched off in ambient',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES }],

  check(model, report) {
    for (const settings of mtlsSettings(model)) {
      const places = placesOf(settings, 'DISABLE');
      if (places.length === 0 || !isAmbient(selectedPlane(model, settings.namespaceName, settings.selector))) continue;
      report({
        on: settings.object,
        message: `${nameOf(settings.object)}: ztunnel always offers mutual TLS, and reads DISABLE as PERMISSIVE at most`,
        got: places.join(', '),
        fix: 'set STRICT, or PERMISSIVE while callers outside the mesh remain; a pod labelled istio.io/dataplane-mode: none leaves the mesh',
      });
    }
  },
});
