import { NETWORKING, SECURITY } from '../../istio/api-groups';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { fieldPaths, MTLS_MODES } from '../comparison';
import { fullHost, serviceOfHost } from '../hosts';
import { type Fields, listOf, nameOf, namespaceOf, numberOf, objectsOf, specOf, textOf, valueAt } from '../manifest-reader';
import { modeInNamespace, modeOfWorkload } from '../mtls-modes';
import { hasSidecars } from '../namespace-planes';
import { rule } from '../rule';
import { type ServiceFacts, servicesByHost } from '../service-facts';
import { selectedPlane } from '../workloads';

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
    for (const object of objectsOf(model, NETWORKING, 'DestinationRule')) {
      const wrong = tlsSettings(object).filter((setting) => CONTRADICTING.includes(setting.mode));
      const host = fullHost(model, namespaceOf(object), textOf(specOf(object).host) ?? '');
      for (const { place, mode } of wrong.filter(({ port }) => isStrict(model, host, port))) {
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
function isStrict(model: MeshModel, host: string, port: number | undefined): boolean {
  const service = servicesByHost(model).get(host);
  const name = service ?? serviceOfHost(model, host);
  if (!name || !hasSidecars(selectedPlane(model, name.namespaceName, service?.selector ?? {}))) return false;
  if (!service) return modeInNamespace(model, name.namespaceName) === 'STRICT';
  return podPorts(service, port).some((podPort) => modeOfWorkload(model, name.namespaceName, service.selector, podPort) === 'STRICT');
}

function podPorts({ ports }: ServiceFacts, port: number | undefined): Array<number | undefined> {
  const meant = ports.filter(({ number }) => port === undefined || number === port).map(({ targetPort }) => targetPort);
  return meant.length > 0 ? meant : [undefined];
}
