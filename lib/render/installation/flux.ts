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
