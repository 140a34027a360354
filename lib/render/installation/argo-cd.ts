import { ARGO } from '../../istio/api-groups';
import type { DeliveredRelease, NamespaceMarks } from '../../model/installation/installation';
import { OCI } from './commands';

type Fields = Readonly<Record<string, unknown>>;

export const ARGO_APPLICATION = { apiVersion: `${ARGO}/v1alpha1`, kind: 'Application' };
export const ARGO_APPLICATION_SET = { apiVersion: `${ARGO}/v1alpha1`, kind: 'ApplicationSet' };

/** In which order Argo CD synchronizes what one Application brings. */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

// Before what says nothing of its wave, which is in wave 0: the policies and routes that need Istio's definitions.
const WAVES: Readonly<Record<string, number>> = { base: -5, istiod: -4, cni: -3, ztunnel: -2, gateway: -1 };

/** The wave of a chart, whatever else is installed. */
export function waveOf({ chart }: Pick<DeliveredRelease, 'chart'>): string {
  return String(WAVES[chart]);
}

/** Where Argo CD puts it. */
export interface ArgoCdPlace {
  readonly project: string;
  /** Address of the cluster, or the name under which Argo CD knows it. */
  readonly destination: { readonly server: string } | { readonly name: string };
  /** What the namespace of istiod has to say. */
  readonly marks?: NamespaceMarks;
}

/** An Application that installs one chart and keeps it as it is. */
export function renderApplication(release: DeliveredRelease, { project, destination, marks }: ArgoCdPlace): Fields {
  const { name, chart, repository, version, namespaceName, values } = release;
  const ignoreDifferences = WRITTEN_BY_ISTIOD[chart];
  return {
    project,
    source: {
      // Argo CD knows such a registry by its own settings, and by its address without the scheme.
      repoURL: repository.replace(OCI, ''),
      chart,
      targetRevision: version,
      helm: { releaseName: name, valuesObject: values },
    },
    destination: { ...destination, namespace: namespaceName },
    syncPolicy: {
      // A definition that a newer chart leaves out would go, and with it every object of its kind.
      automated: { prune: chart !== 'base', selfHeal: true },
      syncOptions: ['CreateNamespace=true', 'ServerSideApply=true', ...(ignoreDifferences ? ['RespectIgnoreDifferences=true'] : [])],
      ...(marks && { managedNamespaceMetadata: marks }),
    },
    ...(ignoreDifferences && { ignoreDifferences }),
  };
}

const WEBHOOKS = 'admissionregistration.k8s.io';
const CERTIFICATE = '.webhooks[]?.clientConfig.caBundle';

const VALIDATION = {
  group: WEBHOOKS,
  kind: 'ValidatingWebhookConfiguration',
  jqPathExpressions: [CERTIFICATE, '.webhooks[]?.failurePolicy'],
};
const INJECTION = { group: WEBHOOKS, kind: 'MutatingWebhookConfiguration', jqPathExpressions: [CERTIFICATE] };

// istiod writes its certificate into the webhooks of these charts, and makes validation strict once it answers.
const WRITTEN_BY_ISTIOD: Readonly<Record<string, readonly Fields[] | undefined>> = { base: [VALIDATION], istiod: [VALIDATION, INJECTION] };

/** Which clusters get which folders of a repository. */
export interface FleetFacts {
  readonly name: string;
  /** Names of the clusters. */
  readonly names: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly repository: string;
  readonly revision: string;
  readonly folder: string;
  readonly project: string;
}

const HERE = '{{.cluster}}';

/** An ApplicationSet with an Application for each cluster, which brings the folder that has its name. */
export function renderFleet({ name, names, labels, repository, revision, folder, project }: FleetFacts): Fields {
  return {
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: [{ list: { elements: names.map((cluster) => ({ cluster })) } }],
    template: {
      metadata: { name: `${name}-${HERE}`, ...(Object.keys(labels).length > 0 && { labels: { ...labels } }) },
      spec: {
        project,
        source: { repoURL: repository, targetRevision: revision, path: `${folder}/${HERE}` },
        destination: { name: HERE },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'],
          // Until Istio's definitions are in the cluster, and istiod answers.
          retry: { limit: 20, backoff: { duration: '15s', factor: 2, maxDuration: '5m' } },
        },
        // An autoscaler says how many pods there are.
        ignoreDifferences: [{ group: 'apps', kind: 'Deployment', managedFieldsManagers: ['kube-controller-manager'] }],
      },
    },
  };
}
