import { LineCounter, parseAllDocuments, stringify } from 'yaml';
import { type Fields, fieldsOf, textOf, valueAt } from '../../cluster/objects/fields';
import { objectsIn } from '../../cluster/objects/parsed-manifests';
import { ROOT_NAMESPACE } from '../../istio/defaults';
import type { ManifestObject } from '../../model/mesh-model';
import { MeshError } from '../../support/mesh-error';
import { nearestOf } from '../../support/options/nearest';
import { placeText, readManifests, type ReadManifests, textWrong } from './manifests';
import { brokenMeshConfig, isMeshConfigMap, meshConfigIn, type MeshConfigWords } from './mesh-config';
import { troublesOf } from './trouble';
import type { YamlFile } from './yaml-file';

/** What some files hold, and how the mesh is set up by them. */
export interface ReadMesh extends ReadManifests {
  readonly words: ReadManifests['words'] & MeshConfigWords;
}

/** Manifests, and the configuration of a mesh beside them, which counts instead of the one that stands among them. */
export function readMesh(files: readonly YamlFile[]): ReadMesh {
  const { objects: written, words, wrongs } = readManifests(files.filter(({ isMeshConfig }) => !isMeshConfig));
  const refused = [...wrongs];
  const own = files.filter(({ isMeshConfig }) => isMeshConfig).flatMap((file) => configMapOf(file, (wrong) => refused.push(wrong)) ?? []);
  const objects = own.length === 0 ? written : [...written.filter((object) => !isMeshConfigMap(object)), ...own];
  return { objects, words: { ...words, ...meshConfigIn(objects) }, wrongs: [...refused, ...brokenMeshConfig(objects)] };
}

/** The ConfigMap that istiod would read, of whatever form somebody keeps it in. */
function configMapOf({ name: file, text }: YamlFile, refuse: (wrong: MeshError) => void): ManifestObject | undefined {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, prettyErrors: false, logLevel: 'silent' });
  const positionOf = (offset: number) => ({ file, line: lines.linePos(offset).line, column: lines.linePos(offset).col });
  const troubles = documents.flatMap((document) => troublesOf(text)(document) ?? []);
  for (const trouble of troubles) refuse(textWrong(placeText(positionOf(trouble.offset)), trouble));
  if (troubles.length > 0) return undefined;
  const values = documents.map((document) => fieldsOf(document.toJS({ maxAliasCount: -1 })));
  const mesh = values.map(meshTextIn).find((one) => one !== undefined);
  const position = positionOf(0);
  if (mesh === undefined) return void refuse(noConfig(placeText(position), values));
  const metadata = { name: 'istio', namespace: ROOT_NAMESPACE };
  const [object] = objectsIn({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { mesh } }, { position: () => position });
  return { ...object, path: placeText(position) };
}

/** Of a ConfigMap, of an IstioOperator, of values for istiod's chart, or the configuration itself. */
function meshTextIn(value: Fields): string | undefined {
  const { kind, meshConfig } = value;
  if (kind === 'ConfigMap') return textOf(valueAt(value, 'data', 'mesh'));
  const config = kind === 'IstioOperator' ? valueAt(value, 'spec', 'meshConfig') : meshConfig;
  if (config !== undefined) return stringify(config);
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => FIELDS.includes(name)) ? stringify(value) : undefined;
}

function noConfig(at: string, values: readonly Fields[]): MeshError {
  const names = values.flatMap((value) => Object.keys(value));
  const unknown = names.find((name) => !FIELDS.includes(name));
  const near = unknown === undefined || names.includes('kind') ? undefined : nearestOf(unknown, FIELDS);
  return new MeshError({
    code: 'MESH717',
    at,
    what: 'a mesh configuration is one of istiod, its ConfigMap, an IstioOperator with a meshConfig, or values with one for its chart',
    got: names.length === 0 ? 'nothing' : names.slice(0, 5).join(', '),
    fix: near === undefined ? 'write for example `trustDomain: acme.example`' : `did you mean ${near} by ${unknown}?`,
  });
}

/** What istiod's configuration of a mesh may say. */
const FIELDS: readonly string[] = [
  ...['accessLogEncoding', 'accessLogFile', 'accessLogFormat', 'ca', 'caCertificates', 'certificates', 'configSources', 'connectTimeout'],
  ...['defaultConfig', 'defaultDestinationRuleExportTo', 'defaultHttpRetryPolicy', 'defaultProviders', 'defaultServiceExportTo'],
  ...['defaultTrafficPolicy', 'hboneIdleTimeout', 'serviceEntryVisibility', 'zoneAwareLbSetting'],
  ...['defaultVirtualServiceExportTo', 'disableEnvoyListenerLog', 'discoverySelectors', 'dnsRefreshRate', 'enableAutoMtls'],
  ...['enableEnvoyAccessLogService', 'enablePrometheusMerge', 'enableTracing', 'extensionProviders', 'h2UpgradePolicy'],
  ...['inboundClusterStatName', 'inboundTrafficPolicy', 'ingressClass', 'ingressControllerMode', 'ingressSelector', 'ingressService'],
  ...['localityLbSetting', 'meshMTLS', 'outboundClusterStatName', 'outboundTrafficPolicy', 'pathNormalization', 'protocolDetectionTimeout'],
  ...['proxyHttpPort', 'proxyInboundListenPort', 'proxyListenPort', 'rootNamespace', 'serviceScopeConfigs', 'serviceSettings'],
  ...['tcpKeepalive', 'tlsDefaults', 'trustDomain', 'trustDomainAliases', 'verifyCertificateAtClient'],
];
