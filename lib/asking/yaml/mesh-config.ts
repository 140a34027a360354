import { type Document, parseDocument, type YAMLError } from 'yaml';
import { type Fields, fieldsOf, isSaid, listOf, textOf, textsOf, valueAt } from '../../cluster/objects/fields';
import { groupKindOf, namespaceOf } from '../../cluster/objects/manifest-object';
import { ROOT_NAMESPACE } from '../../istio/defaults';
import type { MeshError } from '../../support/mesh-error';
import type { ManifestObject, MeshModel, PathNormalizationName } from '../../model/mesh-model';
import { textWrong } from './manifests';

/** What an installation says in its ConfigMap, as far as verdicts depend on it. */
export type MeshConfigWords = Partial<
  Pick<MeshModel, 'trustDomain' | 'trustDomainAliases' | 'rootNamespace' | 'pathNormalization' | 'dropsUnknown' | 'authorizerNames'>
>;

const NORMALIZATIONS: readonly unknown[] = ['NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'];
const AUTHORIZERS = ['envoyExtAuthzHttp', 'envoyExtAuthzGrpc'];
const UNREAD = [
  'discoverySelectors',
  'enableAutoMtls',
  'localityLbSetting',
  'defaultServiceExportTo',
  'defaultVirtualServiceExportTo',
] as const;

/** The words of the ConfigMap `istio` of istiod's namespace, where it stands among the objects. */
export function meshConfigIn(objects: readonly ManifestObject[]): MeshConfigWords {
  const config = configIn(objects);
  const normalization = valueAt(config, 'pathNormalization', 'normalization');
  const { trustDomain, trustDomainAliases, rootNamespace, outboundTrafficPolicy } = config;
  const words = {
    trustDomain: textOf(trustDomain) || undefined,
    trustDomainAliases: Array.isArray(trustDomainAliases) ? textsOf(trustDomainAliases) : undefined,
    rootNamespace: textOf(rootNamespace) || undefined,
    pathNormalization: NORMALIZATIONS.includes(normalization) ? (normalization as PathNormalizationName) : undefined,
    dropsUnknown: valueAt(outboundTrafficPolicy, 'mode') === 'REGISTRY_ONLY' || undefined,
    authorizerNames: authorizersIn(objects),
  };
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined));
}

/** Providers of other kinds, such as those of traces, cannot be asked. Nothing is known where no configuration is, or none that can be read. */
function authorizersIn(objects: readonly ManifestObject[]): string[] | undefined {
  const object = configMapIn(objects);
  if (documentOf(object, 'mesh')?.errors.length !== 0) return undefined;
  const providers = listOf(parsed(object, 'mesh').extensionProviders);
  return providers.filter((one) => AUTHORIZERS.some((kind) => isSaid(one[kind]))).flatMap(({ name }) => textOf(name) ?? []);
}

/** What it says besides, and nobody here reads: a verdict may depend on it. */
export function unreadMeshConfig(objects: readonly ManifestObject[]): string[] {
  const [object, config] = [configMapIn(objects), configIn(objects)];
  const broken = ['mesh', 'meshNetworks'].filter((key) => (documentOf(object, key)?.errors.length ?? 0) > 0);
  const hasNetworks = Object.keys(fieldsOf(parsed(object, 'meshNetworks').networks)).length > 0;
  return [
    ...broken.map((key) => `${key} that is no YAML`),
    ...UNREAD.filter((field) => isSaid(config[field])),
    ...(hasNetworks ? ['meshNetworks'] : []),
  ];
}

/** What istiod would stop at: it reads the rest of it neither. */
export function brokenMeshConfig(objects: readonly ManifestObject[]): MeshError[] {
  const object = configMapIn(objects);
  return ['mesh', 'meshNetworks'].flatMap((key) => {
    const [error] = documentOf(object, key)?.errors ?? [];
    return error === undefined ? [] : [brokenAt(object!, key, error)];
  });
}

function brokenAt(object: ManifestObject, key: string, { message, pos: [offset] }: YAMLError): MeshError {
  const line = textOf(valueAt(object.manifest, 'data', key))!
    .slice(0, offset)
    .split('\n').length;
  const at = object.pathOf?.(['data', key]) ?? object.path;
  return textWrong(at, { offset, what: 'yaml', text: `in line ${line} of data.${key}: ${message}` });
}

/** The one that istiod reads. */
export function isMeshConfigMap(object: ManifestObject): boolean {
  return groupKindOf(object) === '/ConfigMap' && object.name === 'istio' && namespaceOf(object) === ROOT_NAMESPACE;
}

function configMapIn(objects: readonly ManifestObject[]): ManifestObject | undefined {
  return objects.find((object) => isMeshConfigMap(object) && isSaid(valueAt(object.manifest, 'data', 'mesh')));
}

function configIn(objects: readonly ManifestObject[]): Fields {
  return parsed(configMapIn(objects), 'mesh');
}

/** YAML in a text of the ConfigMap; nothing where it is broken. */
function parsed(object: ManifestObject | undefined, key: string): Fields {
  const document = documentOf(object, key);
  return document?.errors.length === 0 ? fieldsOf(document.toJS()) : {};
}

function documentOf(object: ManifestObject | undefined, key: string): Document.Parsed | undefined {
  const text = textOf(valueAt(object?.manifest, 'data', key));
  return text === undefined ? undefined : parseDocument(text, { merge: true, prettyErrors: false, logLevel: 'silent' });
}
