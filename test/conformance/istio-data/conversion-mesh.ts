import { parseAllDocuments } from 'yaml';
import type { Labels } from '../../../lib/cluster/objects/fields';
import { namespace, service, waypoint, workload } from './cast';
import { CONVERSION_TEST, type IstioFile, istioText } from './module';

interface Ref {
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: object;
}

/** What the files mean to be missing. */
const MISSING = /^(nonexistent|not-found|does-not-exist|random|unknown.*)$/;
/** Kinds that the judge has no model for: it is asked about the rest of a file. */
const UNREAD = ['BackendTLSPolicy', 'InferencePool', 'XBackendTrafficPolicy'];

/** The objects of a file, and around them what they speak of; in each namespace somebody calls. */
export function meshAround({ text }: IstioFile, plane: Labels): object[] {
  const written = parseAllDocuments(text).flatMap((document) => (document.toJS() as Written | null) ?? []);
  const objects = written.filter(({ kind }) => !UNREAD.includes(kind));
  const spoken = servicesIn(written).filter(({ name, namespaceName }) => !isWritten(objects, 'Service', namespaceName, name));
  const names = new Set([...objects.flatMap(({ metadata }) => metadata.namespace ?? []), ...spoken.map((one) => one.namespaceName)]);
  return [
    ...[...names].flatMap((name) => inhabited(objects, name, plane)),
    ...spoken.flatMap(served),
    ...AUTHORITIES,
    ...objects.map(deployedByIstiod),
  ];
}

/** Labelled as Istio's own test does it. */
function inhabited(objects: readonly Written[], name: string, plane: Labels): object[] {
  const labels = { ...plane, 'istio.io/test-name-part': name.split('-')[0] };
  const wantsWaypoint = plane['istio.io/use-waypoint'] !== undefined && !isWritten(objects, 'Gateway', name, 'waypoint');
  const client = [workload(name, 'client'), service(name, 'client', [{ name: 'http', port: 80 }])];
  return [namespace(name, labels), ...(wantsWaypoint ? [waypoint(name)] : []), ...client];
}

function served({ name, namespaceName, ports }: Spoken): object[] {
  const isOfHttp = (port: number): boolean => port < 100 || [8000, 8080].includes(port);
  const named = ports.map((port) => ({ name: `${isOfHttp(port) ? 'http' : 'tcp'}-${port}`, port }));
  return [workload(namespaceName, name), service(namespaceName, name, named)];
}

const [certificate] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(istioText(CONVERSION_TEST)) ?? [];
/** By whom clients of a gateway are signed. */
const AUTHORITIES = ['istio-system/my-cert-http', 'default/auth-cert'].map((key) => {
  const [namespaceName, name] = key.split('/');
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: namespaceName }, data: { 'ca.crt': certificate } };
});

/** Where proxies that somebody installed are meant, istiod deploys its own. */
function deployedByIstiod(object: Written): object {
  if (object.kind !== 'Gateway') return object;
  const { addresses: _, ...spec } = object.spec as { readonly addresses?: unknown };
  return { ...object, spec };
}

const isWritten = (objects: readonly Written[], kind: string, namespaceName: string, name: string): boolean =>
  objects.some((one) => one.kind === kind && one.metadata.namespace === namespaceName && one.metadata.name === name);

interface Spoken {
  readonly name: string;
  readonly namespaceName: string;
  readonly ports: readonly number[];
}

/** The Services that routes name as their parents, as where they send, and as where they copy. */
function servicesIn(objects: readonly Written[]): Spoken[] {
  const byKey = new Map<string, Spoken>();
  for (const { metadata, spec } of objects) {
    for (const { name, namespace: said = metadata.namespace ?? 'default', port = 80 } of refsIn(spec).filter(isToService)) {
      const { ports } = byKey.get(`${said}/${name}`) ?? { ports: [80] };
      byKey.set(`${said}/${name}`, { name, namespaceName: said, ports: [...new Set([...ports, port])] });
    }
  }
  return [...byKey.values()];
}

const isToService = ({ kind, name }: Ref): boolean => kind === 'Service' && !MISSING.test(name);

const REFS: Readonly<Record<string, string>> = { parentRefs: 'Gateway', targetRefs: '', backendRefs: 'Service', backendRef: 'Service' };

function refsIn(value: unknown): Ref[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    const found = field in REFS ? [inner as Ref | readonly Ref[]].flat().map((ref) => ({ kind: REFS[field], ...ref })) : [];
    return [...found, ...refsIn(inner)];
  });
}
