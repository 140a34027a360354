import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { renderUpdates } from '../../../render/kubernetes/updates';
import { amendManifest, type Manifest } from '../../tree/amend-manifest';
import { makeService } from '../make-service';
import { completeWorkload, joinMesh, podPropsOf, type WorkloadPods } from './pod-props-of';

/** What a StatefulSet says besides its pods. */
export interface StatefulFacts {
  readonly claims: readonly ClaimFacts[];
  readonly startsParallel?: boolean;
  readonly partition?: number;
}

export interface ClaimFacts {
  readonly name: string;
  readonly sizeGibibytes: number;
  readonly storageClass?: string;
}

/** Pods with names of their own, and the Service without an address that makes hosts of these names, from the first moment of a pod on: members look for each other before they are ready. */
export function makeStatefulSet(at: Construct, pods: WorkloadPods, facts: StatefulFacts): kplus.StatefulSet {
  const { party, spec } = pods;
  const { startsParallel, partition, claims } = facts;
  const selector = party.podLabels!;
  const service = makeService(at, 'Peers', party, { name: party.peersName!, selector, isHeadless: true });
  const set = new kplus.StatefulSet(at, 'StatefulSet', {
    ...podPropsOf(pods, true),
    service,
    replicas: spec.replicas,
    podManagementPolicy: startsParallel ? kplus.PodManagementPolicy.PARALLEL : undefined,
  });
  // cdk8s-plus makes it select by a label of its own as well, made from the construct's path.
  amendManifest(ApiObject.of(service), (manifest) => ({
    ...manifest,
    spec: { ...(manifest.spec as Manifest), selector: { ...selector } },
  }));
  set.select(kplus.LabelSelector.of({ labels: { app: party.name } }));
  if (spec.scaledBy !== undefined) set.markHasAutoscaler();
  const resource = completeWorkload(set, pods, { spreads: selector, stays: true });
  amendManifest(resource, (manifest) => renderUpdates(withClaims(manifest, claims), spec.updates, partition));
  joinMesh(at, resource, pods);
  return set;
}

function withClaims(manifest: Manifest, claims: readonly ClaimFacts[]): Manifest {
  if (claims.length === 0) return manifest;
  const volumeClaimTemplates = claims.map(({ name, sizeGibibytes, storageClass }) => ({
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: `${sizeGibibytes}Gi` } },
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
    },
  }));
  return { ...manifest, spec: { ...(manifest.spec as Manifest), volumeClaimTemplates } };
}
