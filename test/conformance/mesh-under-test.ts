import { App, Chart, Testing } from 'cdk8s';
import type { Answer, Finding, Observed } from './answer';
import { type Bundle, engine, type EngineSettings } from './engine';
import type { Cluster } from '../../lib/cluster/cluster';
import { PROMETHEUS_OPERATOR } from '../../lib/istio/api-groups';
import { ARGO_APPLICATION } from '../../lib/render/installation/argo-cd';
import { HELM_RELEASE, HELM_REPOSITORY, KUSTOMIZATION } from '../../lib/render/installation/flux';
import { decide } from '../../lib/verdict/decide';
import type { Request } from '../../lib/verdict/requests/request';
import { clusterOf } from '../manifests';

/** The manifests of a program in the hands of istiod. */
export interface MeshUnderTest {
  readonly manifests: readonly object[];
  /** The same manifests as the evaluator of the property tests reads them. */
  readonly cluster: Cluster;
  /** What the schemas, the webhook and the analyzers say; infos too. */
  findings(): Promise<readonly Finding[]>;
  answers(requests: readonly Request[]): Promise<readonly Answer[]>;
  answer(request: Request): Promise<Answer>;
  /** What the proxy of a workload or a Gateway, `namespace/name`, traces, logs and counts. */
  observed(proxy: string): Promise<readonly Observed[]>;
}

/** The manifests of one chart, or of all charts of an app. */
export function meshOf(program: Chart | App): MeshUnderTest {
  const charts = program instanceof App ? program.node.children.filter((child) => Chart.isChart(child)) : [program];
  return meshFrom(charts.flatMap((chart) => Testing.synth(chart) as object[]));
}

/** The manifests of a whole cluster, with what its installation of Istio says. */
export function meshFrom(written: readonly object[], settings: EngineSettings = {}, bundle?: Bundle): MeshUnderTest {
  const manifests = written.filter(isJudged).map(stored);
  const answers = async (requests: readonly Request[]) => engine(bundle).answer(manifests, requests, settings);
  return {
    manifests,
    cluster: clusterOf(manifests, settings),
    findings: async () => engine(bundle).judge(manifests),
    answers,
    answer: async (request) => (await answers([request]))[0],
    observed: async (proxy) => engine(bundle).observed(manifests, proxy, settings),
  };
}

/** What Istio's judges know: objects of the Prometheus Operator, and those that install Istio, have CRDs of their own, and Istio reads none of them. */
function isJudged(manifest: object): boolean {
  const { apiVersion, kind } = manifest as { apiVersion?: string; kind?: string };
  return !OF_OTHERS.some((one) => `${apiVersion}/${kind}`.startsWith(one));
}

const OF_OTHERS = [
  `${PROMETHEUS_OPERATOR}/`,
  `${ARGO_APPLICATION.apiVersion}/${ARGO_APPLICATION.kind}`,
  HELM_REPOSITORY.apiVersion,
  HELM_RELEASE.apiVersion,
  KUSTOMIZATION.apiVersion,
];

/** As an API server stores it: it adds to a Namespace the label by which selectors find it by name. */
function stored(manifest: object): object {
  const { kind, metadata } = manifest as NamespaceManifest;
  if (kind !== 'Namespace' || !metadata?.name) return manifest;
  return { ...manifest, metadata: { ...metadata, labels: { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name } } };
}

interface NamespaceManifest {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> };
}

/** The same mesh, asked of the evaluator: it has read NetworkPolicies too, which istiod knows nothing of. */
export function withNetwork(mesh: MeshUnderTest): MeshUnderTest {
  const answers = async (requests: readonly Request[]) =>
    requests.map((request): Answer => {
      const { allowed, by, layer } = decide(mesh.cluster, request);
      return { allowed, by, layer, legs: [], ways: [] };
    });
  return { ...mesh, answers, answer: async (request) => (await answers([request]))[0] };
}
