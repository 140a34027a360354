import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { DEFAULT_ACCOUNT, DEFAULT_NAMESPACE } from '../../istio/defaults';
import type { PartyFacts } from '../../model/party';
import type { Port } from '../../model/port';
import type { Code } from '../../support/codes';
import { requireKnown } from '../../support/known';
import { MeshError } from '../../support/mesh-error';
import { requireDottedName, requireName } from '../../support/object-names';
import { optional, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';
import { namespaceNameOf } from '../tree/lives-in';
import { amendManifest, type Manifest } from '../tree/amend-manifest';
import { markPlane } from './mark-plane';

/** Workloads whose pods run until somebody stops them, so that a Service can lead to them. */
const SERVING_KINDS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'];

const CURE_OF_KIND =
  'pass the ApiObject of the workload itself; what runs to its end and only calls others is a MeshedJob or a MeshedCronJob; one made elsewhere stays as it is, and access.allow(ServiceIdentity.of(…)) lets it in';

interface Container {
  readonly ports?: ReadonlyArray<{ readonly containerPort: number; readonly name?: string; readonly protocol?: string }>;
}

interface Workload extends Manifest {
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string };
  readonly spec: {
    readonly workloadRef?: unknown;
    readonly template: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly serviceAccountName?: string;
        readonly hostNetwork?: boolean;
      };
    };
  };
}

interface Adoption {
  readonly podLabels: Readonly<Record<string, string>>;
  readonly serviceAccountName: string;
  readonly namespaceName: string;
  readonly ports: readonly Port[];
}

/** ServiceAccount that a workload already runs under; none when it would be the namespace's default, which proves nothing. */
export function accountOf(at: IConstruct, object: ApiObject): string | undefined {
  const name = read(object).spec?.template?.spec?.serviceAccountName;
  requireArguments(at, { 'serviceAccountName of the workload': name }, { 'serviceAccountName of the workload': optional(TEXT) });
  if (name === undefined || name === DEFAULT_ACCOUNT) return undefined;
  return requireDottedName(at, 'ServiceAccount name', name);
}

/** Gives a workload made elsewhere its labels, account, port names and the mark of its plane; refuses it where it says otherwise already. */
export function adoptWorkload(at: IConstruct, object: ApiObject, party: PartyFacts, version: string, kinds = SERVING_KINDS): void {
  const adoption = adoptionOf(party, requireName(at, 'version', version));
  const workload = read(object);
  if (!kinds.includes(workload.kind)) {
    refuse(at, object, 'MESH019', `a workload is one of ${kinds.join(', ')}`, workload.kind, CURE_OF_KIND);
  }
  requireTemplate(at, object, workload);
  requireContainers(at, object, workload);
  const { template } = workload.spec;
  requireFacts(at, workload, adoption);
  requireNamespace(at, object, workload, adoption);
  if (template.spec.hostNetwork) {
    refuse(
      at,
      object,
      'MESH044',
      'pods in the mesh have a network of their own',
      'hostNetwork: true',
      'switch hostNetwork off, or leave the workload out of the mesh',
    );
  }
  requireIdentity(at, object, workload, adoption);
  adoption.ports.forEach((port) => requirePortName(at, object, template.spec.containers, port));
  amendManifest(object, (manifest) => adopted(manifest as unknown as Workload, adoption));
  // The template of a Job never changes: the API server refuses it.
  if (SERVING_KINDS.includes(workload.kind)) markPlane(at, object, party);
}

// What is written into a template that nobody reads is lost.
function requireTemplate(at: IConstruct, object: ApiObject, { spec }: Workload): void {
  if (!spec?.workloadRef) return;
  refuse(
    at,
    object,
    'MESH754',
    'a Rollout that is meshed has the template of its pods',
    'workloadRef',
    'set spec.template instead; or leave the Rollout out, and set image and releaseController: ReleaseController.argoRollouts({…}) on the service',
  );
}

function requireContainers(at: IConstruct, object: ApiObject, workload: Workload): void {
  const containers: unknown = workload.spec?.template?.spec?.containers;
  if (Array.isArray(containers) && containers.length > 0) return;
  refuse(at, object, 'MESH079', 'a workload has a template of its pods, with a container', 'none', 'set spec.template.spec.containers');
}

function adoptionOf({ podLabels, serviceAccountName, namespaceName, ports }: PartyFacts, version: string): Adoption {
  return { podLabels: { ...podLabels, version }, serviceAccountName: serviceAccountName!, namespaceName, ports };
}

function adopted(workload: Workload, { podLabels, serviceAccountName, ports }: Adoption): Manifest {
  const { template } = workload.spec;
  const [first, ...others] = template.spec.containers;
  const missing = ports.filter((port) => !template.spec.containers.some((container) => portOf(container, port)));
  const spec = {
    ...template.spec,
    serviceAccountName,
    containers: [listening(named(first, ports), missing), ...others.map((container) => named(container, ports))],
  };
  const metadata = { ...template.metadata, labels: { ...template.metadata?.labels, ...podLabels } };
  return { ...workload, spec: { ...workload.spec, template: { ...template, metadata, spec } } };
}

function listening(container: Container, missing: readonly Port[]): Container {
  return missing.length === 0 ? container : { ...container, ports: [...(container.ports ?? []), ...missing.map(newPort)] };
}

function named(container: Container, ports: readonly Port[]): Container {
  if (!container.ports) return container;
  const names = new Map(ports.map((port) => [port.targetPort, port.name]));
  return {
    ...container,
    ports: container.ports.map((port) => (isTcp(port) ? { ...port, name: port.name ?? names.get(port.containerPort) } : port)),
  };
}

function isTcp({ protocol }: { readonly protocol?: string }): boolean {
  return protocol === undefined || protocol === 'TCP';
}

function newPort(port: Port): { containerPort: number; name: string } {
  return { containerPort: port.targetPort, name: port.name };
}

function portOf(container: Container, port: Port): NonNullable<Container['ports']>[number] | undefined {
  return container.ports?.find((candidate) => isTcp(candidate) && candidate.containerPort === port.targetPort);
}

function requireFacts(at: IConstruct, { metadata, spec: { template } }: Workload, { podLabels }: Adoption): void {
  const labels = Object.keys(podLabels).map((key) => [`label ${key} of the workload`, template.metadata?.labels?.[key]]);
  requireKnown(at, {
    'namespace of the workload': metadata.namespace,
    'hostNetwork of the workload': template.spec.hostNetwork,
    'a port of the workload': template.spec.containers.flatMap(({ ports = [] }) =>
      ports.flatMap(({ name, containerPort }) => [name, containerPort]),
    ),
    ...Object.fromEntries(labels),
  });
}

function requirePortName(at: IConstruct, object: ApiObject, containers: readonly Container[], port: Port): void {
  const taken = containers
    .flatMap((container) => container.ports ?? [])
    .find((other) => other.name === port.name && other.containerPort !== port.targetPort);
  if (taken)
    refuse(
      at,
      object,
      'MESH047',
      `the port named ${port.name} is ${port.targetPort}`,
      taken.containerPort,
      'set targetPort, or a suffix, on the MeshPort',
    );
}

function requireIdentity(at: IConstruct, object: ApiObject, { spec: { template } }: Workload, adoption: Adoption): void {
  for (const [key, value] of Object.entries(adoption.podLabels)) {
    const said = template.metadata?.labels?.[key];
    if (said !== undefined && said !== value)
      refuse(
        at,
        object,
        'MESH045',
        `the pods' label ${key} is ${value}`,
        said,
        `set name or version to what the label says, or drop the label`,
      );
  }
  const account = accountOf(at, object);
  if (account !== undefined && account !== adoption.serviceAccountName) {
    refuse(
      at,
      object,
      'MESH046',
      `all versions of a service run under one ServiceAccount, ${adoption.serviceAccountName}`,
      account,
      'set serviceAccountName on the workload to the same',
    );
  }
}

function requireNamespace(at: IConstruct, object: ApiObject, workload: Workload, { namespaceName }: Adoption): void {
  const said = namespaceNameOf(object) ?? workload.metadata.namespace ?? DEFAULT_NAMESPACE;
  if (said !== namespaceName)
    refuse(
      at,
      object,
      'MESH043',
      `a service and its pods live in one namespace, ${namespaceName}`,
      said,
      'declare the service in the namespace of the workload',
    );
}

function read(object: ApiObject): Workload {
  return object.toJson() as Workload;
}

function refuse(at: IConstruct, object: ApiObject, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what: `${object.kind} ${object.name}: ${what}`, got, fix });
}
