import { NETWORKING, SECURITY } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { type Cluster } from '../../cluster/cluster';
import { type Fields, listOf, numberOf, textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { mtlsInNamespace, mtlsOf } from '../../cluster/policies/mtls-settings';
import { destinationRules } from '../../cluster/routes/destination-rules';
import { serviceNameOf } from '../../cluster/services/hosts';
import { tryServiceOf } from '../../cluster/services/registry';
import { type MeshService } from '../../cluster/services/services';
import { selectedProxies } from '../../cluster/workloads/selected-proxies';
import { clusterOf } from '../cluster-of';
import { hasSidecars, isAmbient, planeOf } from '../planes';
import { fieldPaths, MTLS_MODES } from '../comparison';
import { rule } from '../rule';

const TLS_MODES = fieldPaths(['spec trafficPolicy', 'spec trafficPolicy portLevelSettings', 'spec subsets trafficPolicy'], ['tls mode']);
const CONTRADICTING = ['DISABLE', 'SIMPLE', 'MUTUAL'];

export const tlsAgainstStrict = rule({
  code: 'MESH104',
  level: 'error',
  title: 'DestinationRule contradicts STRICT mutual TLS',
  compares: [
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec host', ...TLS_MODES] },
    { kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES, sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const { object, host } of destinationRules(cluster)) {
      const wrong = tlsSettings(object).filter((setting) => CONTRADICTING.includes(setting.mode));
      for (const { place, mode } of wrong.filter(({ port }) => isStrict(cluster, host, port))) {
        report({
          on: object,
          message: `${nameOf(object)} sets TLS mode ${mode} for ${host}, but its pods accept only Istio's mutual TLS`,
          got: `${place}.tls.mode: ${mode}`,
          fix: 'remove tls from the DestinationRule: Istio finds out by itself which pods speak mutual TLS',
        });
      }
    }
  },
});

interface TlsSetting {
  readonly place: string;
  readonly mode: string;
  readonly port?: number;
}

function tlsSettings(object: ManifestObject): TlsSetting[] {
  const spec = specOf(object);
  return [
    ...settingsOf('trafficPolicy', spec.trafficPolicy),
    ...listOf(spec.subsets).flatMap(({ name, trafficPolicy }) => settingsOf(`subset ${textOf(name) ?? '?'}`, trafficPolicy)),
  ];
}

function settingsOf(place: string, policy: unknown): TlsSetting[] {
  if (policy === undefined) return [];
  const ofPort = (setting: Fields): TlsSetting => {
    const port = numberOf(valueAt(setting, 'port', 'number'));
    return { place: `${place} port ${port}`, mode: tlsMode(setting), port };
  };
  return [{ place, mode: tlsMode(policy) }, ...listOf(valueAt(policy, 'portLevelSettings')).map(ofPort)];
}

function tlsMode(policy: unknown): string {
  return textOf(valueAt(policy, 'tls', 'mode')) ?? '';
}

// Ambient pods are not asked: there HBONE is the mutual TLS, and this setting goes into the tunnel.
function isStrict(cluster: Cluster, host: string, port: number | undefined): boolean {
  const service = tryServiceOf(cluster, host);
  const name = service ?? serviceNameOf(cluster, host);
  if (!name) return false;
  const { namespaceName } = name;
  const planes = selectedProxies(cluster, namespaceName, service?.selector ?? {}).map(planeOf);
  if (planes.some(isAmbient) || !planes.some(hasSidecars)) return false;
  if (!service) return mtlsInNamespace(cluster, namespaceName).mode === 'STRICT';
  const pods = { namespaceName, labels: service.selector };
  return podPorts(service, port).some((podPort) => mtlsOf(cluster, pods, podPort).mode === 'STRICT');
}

function podPorts({ ports }: MeshService, port: number | undefined): Array<number | undefined> {
  const meant = ports.filter(({ number }) => port === undefined || number === port).map(({ target }) => numberOf(target));
  return meant.length > 0 ? meant : [undefined];
}
