import { DEFAULT_REVISION, ROOT_NAMESPACE } from '../../../istio/defaults';
import { INJECT, INJECTION, REVISION } from '../../../istio/labels';
import type { InstallationFacts, RevisionFacts } from '../../../model/installation/installation';
import { istiodName } from '../helm-releases';
import { injectionPath, isRemote } from '../roles';

type Fields = Readonly<Record<string, unknown>>;

/** Name of the file with what tags are made of. */
export const REVISION_TAGS = 'revision-tags.yaml';

/** Namespaces name some control plane by a tag. */
export function hasTags({ revisions }: InstallationFacts): boolean {
  return revisions.some(({ tags }) => tags.length > 0);
}

/**
 * What the chart of istiod makes of tags, for each a webhook and a Service, as objects of nobody's release: a release of Helm that gives a tag away takes it down, and one that
 * gets it refuses what is another's. Applied beside the charts a tag moves at once, and back.
 */
export function renderRevisionTags(facts: InstallationFacts): object[] {
  return facts.revisions.flatMap((revision) =>
    revision.tags.flatMap((tag) => [webhookOf(facts, revision, tag), ...(isRemote(facts) ? [] : [serviceOf(facts, revision, tag)])]),
  );
}

function webhookOf(facts: InstallationFacts, revision: RevisionFacts, tag: string): object {
  const { namespaceName } = facts;
  const service = { name: istiodName(revision), namespace: namespaceName, path: injectionPath(facts), port: 443 };
  const webhooks = [...selectorsOf(tag), ...(tag === DEFAULT_REVISION ? UNNAMED : [])];
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: {
      name: `istio-revision-tag-${tag}${namespaceName === ROOT_NAMESPACE ? '' : `-${namespaceName}`}`,
      labels: { app: 'sidecar-injector', ...labelsOf(revision, tag) },
    },
    webhooks: webhooks.map(({ name, namespaceSelector, objectSelector }) => ({
      name: `${name}.sidecar-injector.istio.io`,
      clientConfig: { service },
      sideEffects: 'None',
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      admissionReviewVersions: ['v1'],
      namespaceSelector,
      objectSelector,
    })),
  };
}

/** Which pods a webhook is for. */
interface Selectors {
  readonly name: string;
  readonly namespaceSelector: Fields;
  readonly objectSelector: Fields;
}

const asks = (key: string, ...values: string[]): Fields => ({ key, operator: 'In', values });
const lacks = (key: string): Fields => ({ key, operator: 'DoesNotExist' });
const UNREFUSED: Fields = { key: INJECT, operator: 'NotIn', values: ['false'] };

const selecting = (name: string, namespaces: Fields[], pods: Fields[]): Selectors => ({
  name,
  namespaceSelector: { matchExpressions: namespaces },
  objectSelector: { matchExpressions: pods },
});

/** Pods of namespaces that name the tag, and such that name it themselves. */
const selectorsOf = (tag: string): Selectors[] => [
  selecting('rev.namespace', [asks(REVISION, tag), lacks(INJECTION)], [UNREFUSED]),
  selecting('rev.object', [lacks(REVISION), lacks(INJECTION)], [UNREFUSED, asks(REVISION, tag)]),
];

/** Pods that ask for a proxy, and name no control plane. */
const UNNAMED: readonly Selectors[] = [
  selecting('namespace', [asks(INJECTION, 'enabled')], [UNREFUSED]),
  selecting('object', [lacks(INJECTION), lacks(REVISION)], [asks(INJECT, 'true'), lacks(REVISION)]),
];

/** Names of ports of istiod, as its own Service has them. */
const PORTS = [
  { port: 15010, name: 'grpc-xds', protocol: 'TCP' },
  { port: 15012, name: 'https-dns', protocol: 'TCP' },
  { port: 443, name: 'https-webhook', targetPort: 15017, protocol: 'TCP' },
  { port: 15014, name: 'http-monitoring', protocol: 'TCP' },
];

function serviceOf({ namespaceName: namespace }: InstallationFacts, revision: RevisionFacts, tag: string): object {
  const labels = { app: 'istiod', istio: 'pilot', ...labelsOf(revision, tag) };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `istiod-revision-tag-${tag}`, namespace, labels },
    spec: { ports: PORTS, selector: { app: 'istiod', [REVISION]: revision.name } },
  };
}

function labelsOf({ name }: RevisionFacts, tag: string): Readonly<Record<string, string | undefined>> {
  return { [REVISION]: name, 'istio.io/tag': tag, 'operator.istio.io/component': 'Pilot' };
}
