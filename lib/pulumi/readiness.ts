import * as pulumi from '@pulumi/pulumi';
import type { KubernetesManifest, KubernetesObject } from './kubernetes-object';

const WAIT_FOR = 'pulumi.com/waitFor';
const SKIP_AWAIT = 'pulumi.com/skipAwait';

const WORKLOADS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];

// True of whatever is there. To skip a workload would also mean not to wait until its pods are gone, before what closes them goes.
const EXISTS = { [WAIT_FOR]: 'jsonpath={.metadata.uid}' };

// A route to a Service that is not there, or to a port that it does not have, is accepted all the same.
const ROUTE = ['Accepted', 'ResolvedRefs'];

// The provider gives up after ten minutes, with an error that does not say for what it has waited.
const PATIENCE = 60_000;

/** What the status of an object has to say before it counts as ready: in words, and as the provider takes it. */
interface Readiness {
  readonly conditions: string;
  readonly expressions: readonly string[];
}

/** The manifest with a word to the provider on when it counts as ready; one that says something of the kind itself stays as it is. */
export function awaited(manifest: KubernetesManifest): KubernetesManifest {
  const readiness = readinessOf(manifest);
  if (!readiness) return manifest;
  const [first, ...more] = readiness.expressions;
  return annotated(manifest, { [WAIT_FOR]: more.length === 0 ? first : JSON.stringify(readiness.expressions) });
}

/** The manifest with a word to the provider that it is done once it is there: for a Service's endpoints or a workload's pods it would wait. */
export function notAwaited(manifest: KubernetesManifest): KubernetesManifest {
  const { apiVersion, kind, spec } = manifest;
  if (isSaid(manifest)) return manifest;
  if (apiVersion === 'apps/v1' && WORKLOADS.includes(kind)) return annotated(manifest, EXISTS);
  // The address of a load balancer is there once somebody has made it, and is what a program may ask for.
  const isInCluster = apiVersion === 'v1' && kind === 'Service' && spec?.type !== 'LoadBalancer';
  return isInCluster ? annotated(manifest, { [SKIP_AWAIT]: 'true' }) : manifest;
}

function annotated(manifest: KubernetesManifest, annotations: Readonly<Record<string, string>>): KubernetesManifest {
  const { metadata } = manifest;
  return { ...manifest, metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } } };
}

/** Says for what the stack waits where that takes long, so that it stands in the log before the provider gives up. */
export function tellOfWaiting(object: KubernetesObject, needs: readonly pulumi.Resource[]): void {
  const { manifest, urn } = object;
  const readiness = readinessOf(manifest);
  if (!readiness || pulumi.runtime.isDryRun()) return;
  const text = tale(manifest, readiness);
  pulumi.all(needs.map((need) => need.urn)).apply(() => {
    const timer = setTimeout(() => void pulumi.log.warn(text, object), PATIENCE);
    urn.apply(() => clearTimeout(timer));
  });
}

const tale = ({ kind, metadata }: KubernetesManifest, { conditions }: Readiness): string =>
  [
    `${kind} ${metadata.namespace}/${metadata.name} is not ready after a minute: awaitReady waits for ${conditions} in its status`,
    `  fix: see whether the controller that writes the status runs (istiod, for Istio), and what kubectl describe shows; or leave awaitReady out`,
  ].join('\n');

function readinessOf(manifest: KubernetesManifest): Readiness | undefined {
  const { apiVersion, kind, spec } = manifest;
  if (isSaid(manifest) || !apiVersion.startsWith('gateway.networking.k8s.io/')) return undefined;
  if (kind === 'Gateway') return { conditions: 'Programmed', expressions: ['condition=Programmed'] };
  const parents: readonly unknown[] = spec?.parentRefs ?? [];
  if (!['HTTPRoute', 'TCPRoute'].includes(kind) || parents.length === 0) return undefined;
  return { conditions: ROUTE.join(' and '), expressions: parents.flatMap((_, index) => ROUTE.map((type) => isTrue(index, type))) };
}

/** The object itself says whether it is waited for, and for what. */
function isSaid({ metadata: { annotations = {} } }: KubernetesManifest): boolean {
  return WAIT_FOR in annotations || SKIP_AWAIT in annotations;
}

const isTrue = (parent: number, type: string): string =>
  `jsonpath={.status.parents[${parent}].conditions[?(@.type=="${type}")].status}=True`;
