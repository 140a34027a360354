import { type Document, parseDocument, type YAMLError } from 'yaml';
import { type Fields, fieldsOf, isSaid, listOf, textOf, textsOf, valueAt } from '../../cluster/objects/fields';
import { groupKindOf, namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import { ROOT_NAMESPACE } from '../../istio/defaults';
import type { MeshError } from '../../support/mesh-error';
import type { ManifestObject, MeshModel, PathNormalizationName } from '../../model/mesh-model';
import { offsetOfField } from './field-place';
import { textWrong } from './manifests';
import { wrongsOfMeshConfig } from './mesh-config-wrongs';

/** What an installation says in its ConfigMap, as far as verdicts depend on it. */
export type MeshConfigWords = Partial<
  Pick<
    MeshModel,
    'trustDomain' | 'trustDomainAliases' | 'rootNamespace' | 'pathNormalization' | 'dropsUnknown' | 'authorizerNames' | 'providerNames'
  >
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
    dropsUnknown: dropsUnknown(outboundTrafficPolicy) || undefined,
    authorizerNames: providersIn(objects, (one) => AUTHORIZERS.some((kind) => isSaid(one[kind]))),
    providerNames: providersIn(objects, () => true),
  };
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined));
}

/** REGISTRY_ONLY is the first of the modes, and what istiod takes where a policy of the mesh says none. */
function dropsUnknown(policy: unknown): boolean {
  const mode = valueAt(policy, 'mode');
  return isSaid(policy) && (!isSaid(mode) || mode === 0 || mode === 'REGISTRY_ONLY');
}

/** Of other kinds than authorizers, such as those of traces, none can be asked. Nothing is known where no configuration is, or none that can be read. */
function providersIn(objects: readonly ManifestObject[], isMeant: (provider: Fields) => boolean): string[] | undefined {
  const object = configMapIn(objects);
  if (documentOf(object, 'mesh')?.errors.length !== 0 || wrongFieldsOf(object).length > 0) return undefined;
  const providers = listOf(parsed(object, 'mesh').extensionProviders);
  return providers.filter(isMeant).flatMap(({ name }) => textOf(name) ?? []);
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
  const broken = ['mesh', 'meshNetworks'].flatMap((key) => {
    const [error] = documentOf(object, key)?.errors ?? [];
    return error === undefined ? [] : [brokenAt(object!, key, error)];
  });
  return [...broken, ...wrongFieldsOf(object)];
}

function brokenAt(object: ManifestObject, key: string, { message, pos: [offset] }: YAMLError): MeshError {
  const line = lineIn(object, key, offset);
  return textWrong(placeIn(object, key), { offset, what: 'yaml', text: `in line ${line} of data.${key}: ${message}` });
}

/** Fields that are not what istiod takes, where it can read the text at all. */
function wrongFieldsOf(object: ManifestObject | undefined): MeshError[] {
  const document = documentOf(object, 'mesh');
  if (!object || !document || document.errors.length > 0) return [];
  return wrongsOfMeshConfig(document.toJS(), (keys) => ({
    at: placeIn(object, 'mesh'),
    line: lineIn(object, 'mesh', offsetOfField(document, keys)),
  }));
}

function placeIn({ pathOf, path }: ManifestObject, key: string): string {
  return pathOf?.(['data', key]) ?? path;
}

function lineIn({ manifest }: ManifestObject, key: string, offset: number): number {
  return textOf(valueAt(manifest, 'data', key))!
    .slice(0, offset)
    .split('\n').length;
}

/** The one that istiod reads. */
export function isMeshConfigMap(object: ManifestObject): boolean {
  return groupKindOf(object) === '/ConfigMap' && object.name === 'istio' && namespaceOf(object) === ROOT_NAMESPACE;
}

function configMapIn(objects: readonly ManifestObject[]): ManifestObject | undefined {
  return objects.find((object) => isMeshConfigMap(object) && isSaid(valueAt(object.manifest, 'data', 'mesh')));
}

/** Objects that say it of another revision, or to an installer, where none is read. */
export function configsBeside(objects: readonly ManifestObject[]): ManifestObject[] {
  return configMapIn(objects) ? [] : objects.filter((object) => isOfRevision(object) || isOfInstaller(object));
}

function isOfRevision(object: ManifestObject): boolean {
  const isThere = groupKindOf(object) === '/ConfigMap' && namespaceOf(object) === ROOT_NAMESPACE;
  return isThere && object.name.startsWith('istio-') && isSaid(valueAt(object.manifest, 'data', 'mesh'));
}

function isOfInstaller(object: ManifestObject): boolean {
  return groupKindOf(object) === 'install.istio.io/IstioOperator' && isSaid(specOf(object).meshConfig);
}

/** What it says, as far as istiod takes it: one wrong field, and it takes nothing. */
function configIn(objects: readonly ManifestObject[]): Fields {
  const object = configMapIn(objects);
  return wrongFieldsOf(object).length === 0 ? parsed(object, 'mesh') : {};
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
