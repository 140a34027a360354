import * as pulumi from '@pulumi/pulumi';
import type { KubernetesManifest, KubernetesObject } from './kubernetes-object';

const WAIT_FOR = 'pulumi.com/waitFor';
const SKIP_AWAIT = 'pulumi.com/skipAwait';

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
  const { metadata } = manifest;
  const [first, ...more] = readiness.expressions;
  const waitFor = more.length === 0 ? first : JSON.stringify(readiness.expressions);
  return { ...manifest, metadata: { ...metadata, annotations: { ...metadata.annotations, [WAIT_FOR]: waitFor } } };
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

function readinessOf({ apiVersion, kind, metadata, spec }: KubernetesManifest): Readiness | undefined {
  const annotations = metadata.annotations ?? {};
  if (WAIT_FOR in annotations || annotations[SKIP_AWAIT] === 'true' || !apiVersion.startsWith('gateway.networking.k8s.io/'))
    return undefined;
  if (kind === 'Gateway') return { conditions: 'Programmed', expressions: ['condition=Programmed'] };
  const parents: readonly unknown[] = spec?.parentRefs ?? [];
  if (kind !== 'HTTPRoute' || parents.length === 0) return undefined;
  return { conditions: ROUTE.join(' and '), expressions: parents.flatMap((_, index) => ROUTE.map((type) => isTrue(index, type))) };
}

const isTrue = (parent: number, type: string): string =>
  `jsonpath={.status.parents[${parent}].conditions[?(@.type=="${type}")].status}=True`;
