import type { InstallationFacts, ReleaseFacts } from '../../model/installation/installation';
import type { GatewayApiBundle } from '../../model/route';
import { marksOfNamespace } from './clusters';
import { inContext } from './contexts';
import { helmReleases } from './helm-releases';

/** The newest patch of each bundle of the Gateway API. */
const BUNDLES: Readonly<Record<GatewayApiBundle, string>> = { '1.4': 'v1.4.1', '1.5': 'v1.5.1', '1.6': 'v1.6.3', '1.7': 'v1.7.0' };

/** How the address of a registry of charts begins, where it is no repository of files. */
export const OCI = /^oci:\/\//;

/** Name of the file with the values of a release. */
export function valuesFileOf({ name }: Pick<ReleaseFacts, 'name'>): string {
  return `${name}.values.yaml`;
}

/** Name of the file with which istioctl installs a control plane. */
export function operatorFileOf(name?: string): string {
  return name === undefined ? 'istioctl.yaml' : `istioctl-${name}.yaml`;
}

/** Where a chart is, as Helm wants it said. */
export function chartPlaceOf({ chartRepository }: InstallationFacts, chart: string): readonly string[] {
  return OCI.test(chartRepository) ? [`${chartRepository}/${chart}`] : [chart, '--repo', chartRepository];
}

/** What installs by Helm, and upgrades, line by line. */
export function helmCommands(facts: InstallationFacts): string[] {
  const lines = helmReleases(facts).map((release) => {
    const { name, chart, version, namespaceName } = release;
    const place = chartPlaceOf(facts, chart).join(' ');
    const where = `--version ${version} --namespace ${namespaceName} --create-namespace${inContext('--kube-context', facts)}`;
    return `helm upgrade --install ${name} ${place} ${where} --values ${valuesFileOf(release)} --wait`;
  });
  return [...beforehand(facts), ...lines];
}

/** The same by istioctl, of the version that each control plane has. */
export function istioctlCommands(facts: InstallationFacts): string[] {
  const context = inContext('--context', facts);
  const lines = facts.revisions.flatMap(({ name, tags }) => [
    `istioctl install${context} --filename ${operatorFileOf(name)} --skip-confirmation`,
    ...tags.map((tag) => `istioctl tag set ${tag}${context} --revision ${name} --overwrite`),
  ]);
  return [...beforehand(facts), ...lines];
}

/** What is there before Istio is. */
function beforehand(facts: InstallationFacts): string[] {
  const { gatewayApi = '1.6' } = facts.mesh;
  const place = `https://github.com/kubernetes-sigs/gateway-api/releases/download/${BUNDLES[gatewayApi]}/standard-install.yaml`;
  return [`kubectl apply${inContext('--context', facts)} --server-side --filename ${place}`, ...markNamespace(facts)];
}

function markNamespace(facts: InstallationFacts): string[] {
  const { namespaceName } = facts;
  const marks = marksOfNamespace(facts);
  if (marks === undefined) return [];
  const context = inContext('--context', facts);
  const marked = [...saying('label', marks.labels), ...saying('annotate', marks.annotations)];
  return [
    `kubectl create namespace ${namespaceName} --dry-run=client --output yaml | kubectl apply${context} --server-side --filename -`,
    ...marked.map(([verb, words]) => `kubectl ${verb}${context} namespace ${namespaceName} ${words} --overwrite`),
  ];
}

function saying(verb: string, words: Readonly<Record<string, string>> = {}): ReadonlyArray<readonly [string, string]> {
  return Object.entries(words).map(([key, value]) => [verb, `${key}=${value}`]);
}
