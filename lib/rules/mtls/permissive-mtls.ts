import { SECURITY } from '../../istio/api-groups';
import type { MeshModel } from '../../model/mesh-model';
import { nameOf } from '../../cluster/objects/manifest-object';
import { mtlsInNamespace, type MtlsSettings, mtlsSettings } from '../../cluster/policies/mtls-settings';
import { clusterOf } from '../cluster-of';
import { isOfPlaintextPorts, placesOf } from '../mtls-places';
import { MTLS_MODES } from '../comparison';
import { rule } from '../rule';

export const permissiveMtls = rule({
  code: 'MESH108',
  level: 'warning',
  title: 'plaintext traffic is accepted',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES }],

  check(model, report) {
    for (const settings of mtlsSettings(clusterOf(model))) {
      const places = [...placesOf(settings, 'PERMISSIVE'), ...inherited(model, settings)];
      if (places.length === 0 || isOfPlaintextPorts(settings)) continue;
      report({
        on: settings.object,
        message: `${nameOf(settings.object)} lets callers in without mutual TLS, so their identity is unknown`,
        got: places.join(', '),
        fix: 'set STRICT once all callers are in the mesh',
      });
    }
  },
});

// Without a word of its own it takes what the level above says; ports in it may still be strict.
function inherited(model: MeshModel, { mode, namespaceName }: MtlsSettings): string[] {
  return mode || mtlsInNamespace(clusterOf(model), namespaceName).mode !== 'PERMISSIVE'
    ? []
    : ['no mode of its own, so PERMISSIVE applies'];
}
