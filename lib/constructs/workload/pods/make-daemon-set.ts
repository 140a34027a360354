import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { renderUpdates } from '../../../render/kubernetes/updates';
import { amendManifest } from '../../tree/amend-manifest';
import { completeWorkload, joinMesh, podPropsOf, type WorkloadPods } from './pod-props-of';

/** One pod on each node. */
export function makeDaemonSet(at: Construct, pods: WorkloadPods): kplus.DaemonSet {
  const { party, spec } = pods;
  const set = new kplus.DaemonSet(at, 'DaemonSet', podPropsOf(pods, true));
  set.select(kplus.LabelSelector.of({ labels: { app: party.name } }));
  const resource = completeWorkload(set, pods, { stays: true });
  amendManifest(resource, (manifest) => renderUpdates(manifest, spec.updates));
  joinMesh(at, resource, pods);
  return set;
}
