import type { InstallationFacts, ReleaseFacts } from '../../model/installation/installation';
import type { GatewayApiBundle } from '../../model/route';
import { marksOfNamespace } from './clusters';
import { gatewaysOf } from './components';
import { inContext } from './contexts';
import { EXPOSE_ISTIOD, exposesIstiod } from './beside/expose-istiod';
import { helmReleases } from './helm-releases';
import { hasTags, REVISION_TAGS } from './beside/revision-tags';
import { remoteSecret } from './remote-secrets';
import { isRemote } from './roles';

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

/** Name of the file with the gateways of a remote cluster. */
export const GATEWAYS_FILE = 'gateways.istioctl.yaml';

/** What installs by Helm, and upgrades, line by line. */
export function helmCommands(facts: InstallationFacts): string[] {
  const releases = helmReleases(facts);
  const linesOf = (some: readonly ReleaseFacts[]): string[] => some.map((release) => helmCommand(facts, release));
  return [
    ...beforehand(facts),
    ...linesOf(releases.filter(({ chart }) => chart !== 'gateway')),
    ...(hasTags(facts) ? [apply(facts, `--force-conflicts --filename ${REVISION_TAGS}`)] : []),
    ...becomeKnown(facts),
    ...linesOf(releases.filter(({ chart }) => chart === 'gateway')),
    ...openIstiod(facts),
  ];
}

function helmCommand(facts: InstallationFacts, release: ReleaseFacts): string {
  const { name, chart, version, namespaceName } = release;
  const place = chartPlaceOf(facts, chart).join(' ');
  const where = `--version ${version} --namespace ${namespaceName} --create-namespace${inContext('--kube-context', facts)}`;
  return `helm upgrade --install ${name} ${place} ${where} --values ${valuesFileOf(release)} --wait`;
}

/** The same by istioctl, of the version that each control plane has. */
export function istioctlCommands(facts: InstallationFacts): string[] {
  const context = inContext('--context', facts);
  const install = (file: string): string => `istioctl install${context} --filename ${file} --skip-confirmation`;
  const lines = facts.revisions.flatMap(({ name, tags }) => [
    install(operatorFileOf(name)),
    ...tags.map((tag) => `istioctl tag set ${tag}${context} --revision ${name} --overwrite`),
  ]);
  const gateways = hasGatewaysFile(facts) ? [install(GATEWAYS_FILE)] : [];
  return [...beforehand(facts), ...lines, ...becomeKnown(facts), ...gateways, ...openIstiod(facts)];
}

/** The gateways of a remote cluster come after all else. */
export function hasGatewaysFile(facts: InstallationFacts): boolean {
  return isRemote(facts) && gatewaysOf(facts).length > 0;
}

/** No proxy of a remote cluster starts before the istiod of its primary looks into it, and so none of its gateways. */
function becomeKnown(facts: InstallationFacts): string[] {
  const { role, mesh } = facts;
  return role.isRemote && mesh.cluster !== undefined ? [remoteSecret(facts, mesh.cluster.name, role.primary)] : [];
}

function openIstiod(facts: InstallationFacts): string[] {
  return exposesIstiod(facts) ? [apply(facts, `--filename ${EXPOSE_ISTIOD}`)] : [];
}

function apply(facts: InstallationFacts, what: string): string {
  return `kubectl apply${inContext('--context', facts)} --server-side ${what}`;
}

/** What is there before Istio is. */
function beforehand(facts: InstallationFacts): string[] {
  const { gatewayApi = '1.6' } = facts.mesh;
  const place = `https://github.com/kubernetes-sigs/gateway-api/releases/download/${BUNDLES[gatewayApi]}/standard-install.yaml`;
  return [apply(facts, `--filename ${place}`), ...markNamespace(facts)];
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
