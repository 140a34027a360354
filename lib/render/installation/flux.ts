import type { DeliveredRelease } from '../../model/installation/installation';
import { OCI } from './commands';

type Fields = Readonly<Record<string, unknown>>;

export const HELM_REPOSITORY = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository' };
export const HELM_RELEASE = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' };

/** Name of the HelmRepository that has Istio's charts. */
export const CHARTS_NAME = 'istio';

export function renderHelmRepository(chartRepository: string, interval: string): Fields {
  return OCI.test(chartRepository) ? { type: 'oci', url: chartRepository, interval } : { url: chartRepository, interval };
}

/** A HelmRelease that installs one chart, once the one before it is there. */
export function renderHelmRelease(release: DeliveredRelease, before: DeliveredRelease | undefined, interval: string): Fields {
  const { name, chart, version, namespaceName, values } = release;
  const remediation = { retries: 3 };
  return {
    interval,
    releaseName: name,
    targetNamespace: namespaceName,
    storageNamespace: namespaceName,
    ...(before && { dependsOn: [{ name: before.name }] }),
    chart: { spec: { chart, version, sourceRef: { kind: HELM_REPOSITORY.kind, name: CHARTS_NAME } } },
    install: { createNamespace: true, remediation },
    upgrade: { remediation },
    values,
  };
}

export const GIT_REPOSITORY = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository' };
export const KUSTOMIZATION = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' };

/** Where the manifests of a cluster are. */
export interface GitFacts {
  readonly repository: string;
  readonly branch: string;
  /** Absent where anybody may read it. */
  readonly secretName?: string;
  readonly interval: string;
}

export function renderGitRepository({ repository, branch, secretName, interval }: GitFacts): Fields {
  return { url: repository, ref: { branch }, ...(secretName !== undefined && { secretRef: { name: secretName } }), interval };
}

/** What of it a cluster is brought. */
export interface FolderFacts {
  readonly name: string;
  readonly path: string;
  readonly interval: string;
}

/** A Kustomization that brings a folder of a repository of its own name, as soon as the cluster takes it. */
export function renderKustomization({ name, path, interval }: FolderFacts): Fields {
  return { interval, retryInterval: '1m', path, prune: true, sourceRef: { kind: GIT_REPOSITORY.kind, name } };
}
